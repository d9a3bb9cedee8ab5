<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>ActionBar</name>
    <message>
        <source>What can be done with this message</source>
        <translation>Was mit dieser Nachricht getan werden kann</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
</context>
<context>
    <name>AddPanel</name>
    <message>
        <source>Add a memory</source>
        <translation>Eine Erinnerung hinzufügen</translation>
    </message>
    <message>
        <source>What MIA shall remember</source>
        <translation>Was MIA sich merken soll</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>Was es ist</translation>
    </message>
    <message>
        <source>A fact</source>
        <translation>Ein Fakt</translation>
    </message>
    <message>
        <source>A rule: how you want things done</source>
        <translation>Eine Regel: wie du etwas haben willst</translation>
    </message>
    <message>
        <source>Remember</source>
        <translation>Merken</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>Alerts</name>
    <message>
        <source>The processor is at {0} %. Close what else computes, or choose smaller models.</source>
        <translation>Der Prozessor ist zu {0} % ausgelastet. Schließe andere Programme, die rechnen, oder wähle kleinere Modelle.</translation>
    </message>
    <message>
        <source>Memory is {0} % full. Close other programs, or choose smaller models.</source>
        <translation>Der Arbeitsspeicher ist zu {0} % voll. Schließe andere Programme oder wähle kleinere Modelle.</translation>
    </message>
    <message>
        <source>One answer in twenty takes longer than {0} s. A smaller language model is faster.</source>
        <translation>Eine von zwanzig Antworten dauert länger als {0} s. Ein kleineres Sprachmodell ist schneller.</translation>
    </message>
</context>
<context>
    <name>ApplyBar</name>
    <message>
        <source>Apply now</source>
        <translation>Jetzt anwenden</translation>
    </message>
    <message>
        <source>The models are loaded anew, which takes a few seconds</source>
        <translation>Die Modelle werden neu geladen, was einige Sekunden dauert</translation>
    </message>
    <message>
        <source>Saved. It holds when the models are loaded anew.</source>
        <translation>Gespeichert. Es gilt, sobald die Modelle neu geladen sind.</translation>
    </message>
    <message>
        <source>Saved. It holds from the next start of MIA.</source>
        <translation>Gespeichert. Es gilt ab dem nächsten Start von MIA.</translation>
    </message>
</context>
<context>
    <name>Attachments</name>
    <message>
        <source>Pictures to talk about</source>
        <translation>Bilder, über die gesprochen wird</translation>
    </message>
    <message>
        <source>MIA looks at {0} pictures at once. Give fewer.</source>
        <translation>MIA sieht sich höchstens {0} Bilder auf einmal an. Gib ihr weniger.</translation>
    </message>
    <message>
        <source>That picture cannot be read. Save it as a file and drop the file here.</source>
        <translation>Dieses Bild lässt sich nicht lesen. Speichere es als Datei und lege die Datei hier ab.</translation>
    </message>
    <message>
        <source>pasted picture</source>
        <translation>eingefügtes Bild</translation>
    </message>
    <message>
        <source>{0} cannot be read. Choose a file that is there and yours to read.</source>
        <translation>{0} lässt sich nicht lesen. Wähle eine Datei, die es gibt und die du lesen darfst.</translation>
    </message>
</context>
<context>
    <name>AuditSection</name>
    <message>
        <source>What was done with it</source>
        <translation>Was damit getan wurde</translation>
    </message>
    <message>
        <source>Every entry is sealed by the next, and none holds what was said: only who, what and how many.</source>
        <translation>Jeder Eintrag ist durch den nächsten versiegelt, und keiner enthält, was gesagt wurde: nur wer, was und wie viele.</translation>
    </message>
    <message>
        <source>Prove that none is missing</source>
        <translation>Beweisen, dass keiner fehlt</translation>
    </message>
    <message>
        <source>The newest entries</source>
        <translation>Die neuesten Einträge</translation>
    </message>
    <message>
        <source>Proving…</source>
        <translation>Wird geprüft…</translation>
    </message>
    <message>
        <source>{0} entries, each in its place.</source>
        <translation>{0} Einträge, jeder an seinem Platz.</translation>
    </message>
</context>
<context>
    <name>Autostart</name>
    <message>
        <source>The system does not let MIA add its entry for the login ({0}).</source>
        <translation>Das System lässt MIA den Eintrag für die Anmeldung nicht anlegen ({0}).</translation>
    </message>
    <message>
        <source>The system does not let MIA remove its entry for the login ({0}).</source>
        <translation>Das System lässt MIA den Eintrag für die Anmeldung nicht entfernen ({0}).</translation>
    </message>
    <message>
        <source>Change it in the system&apos;s own settings.</source>
        <translation>Ändere es in den Einstellungen des Systems.</translation>
    </message>
</context>
<context>
    <name>Bubble</name>
    <message>
        <source>Stopped</source>
        <translation>Abgebrochen</translation>
    </message>
</context>
<context>
    <name>CameraView</name>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>What the camera sees</source>
        <translation>Was die Kamera sieht</translation>
    </message>
    <message>
        <source>Close the camera</source>
        <translation>Kamera schließen</translation>
    </message>
    <message>
        <source>MIA sees nothing any more</source>
        <translation>MIA sieht dann nichts mehr</translation>
    </message>
    <message>
        <source>Ask what you want to know; it closes after the answer.</source>
        <translation>Frag, was du wissen willst; nach der Antwort schließt sie sich.</translation>
    </message>
    <message>
        <source>● The camera is open: {0}</source>
        <translation>● Die Kamera ist offen: {0}</translation>
    </message>
</context>
<context>
    <name>ChosenMemory</name>
    <message>
        <source>The chosen memory</source>
        <translation>Die gewählte Erinnerung</translation>
    </message>
    <message>
        <source>Its words</source>
        <translation>Ihre Worte</translation>
    </message>
    <message>
        <source>Save the change</source>
        <translation>Änderung speichern</translation>
    </message>
    <message>
        <source>Let MIA use it</source>
        <translation>MIA darf sie nutzen</translation>
    </message>
    <message>
        <source>Forget…</source>
        <translation>Vergessen…</translation>
    </message>
    <message>
        <source>Found because it {0}.</source>
        <translation>Gefunden, denn es {0}.</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Attach</source>
        <translation>Anhängen</translation>
    </message>
    <message>
        <source>Show MIA a picture, a document or the screen</source>
        <translation>MIA ein Bild, ein Dokument oder den Bildschirm zeigen</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Let MIA look through the camera (Ctrl+Shift+C)</source>
        <translation>MIA durch die Kamera schauen lassen (Strg+Umschalt+C)</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Send the text (Enter)</source>
        <translation>Den Text senden (Eingabe)</translation>
    </message>
    <message>
        <source>Pictures or documents...</source>
        <translation>Bilder oder Dokumente…</translation>
    </message>
    <message>
        <source>The screen</source>
        <translation>Den Bildschirm</translation>
    </message>
    <message>
        <source>Pictures and documents</source>
        <translation>Bilder und Dokumente</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
    <message>
        <source>Show to MIA</source>
        <translation>MIA zeigen</translation>
    </message>
    <message>
        <source>This desktop does not let programs see the screen. Take a screenshot and paste it here.</source>
        <translation>Dieser Desktop lässt Programme den Bildschirm nicht sehen. Mach ein Bildschirmfoto und füge es hier ein.</translation>
    </message>
    <message>
        <source>the screen</source>
        <translation>der Bildschirm</translation>
    </message>
</context>
<context>
    <name>Consent</name>
    <message>
        <source>You do not allow this: {0} Change it on the Privacy page.</source>
        <translation>Du erlaubst das nicht: {0} Ändere es auf der Seite Privatsphäre.</translation>
    </message>
    <message>
        <source>May MIA look through the camera?</source>
        <translation>Darf MIA durch die Kamera schauen?</translation>
    </message>
    <message>
        <source>May MIA look at the screen?</source>
        <translation>Darf MIA auf den Bildschirm schauen?</translation>
    </message>
    <message>
        <source>What she sees stays on this machine.</source>
        <translation>Was sie sieht, bleibt auf diesem Rechner.</translation>
    </message>
    <message>
        <source>This once</source>
        <translation>Dieses eine Mal</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>Immer</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Jetzt nicht</translation>
    </message>
    <message>
        <source>Hear you while you hold the talk key or talk hands-free.</source>
        <translation>Dich hören, während du die Sprechtaste hältst oder freihändig sprichst.</translation>
    </message>
    <message>
        <source>Remember the words that you said. The sound itself is never kept.</source>
        <translation>Sich die Worte merken, die du gesagt hast. Der Ton selbst wird nie aufbewahrt.</translation>
    </message>
    <message>
        <source>Remember what you typed.</source>
        <translation>Sich merken, was du getippt hast.</translation>
    </message>
    <message>
        <source>Look through the camera.</source>
        <translation>Durch die Kamera schauen.</translation>
    </message>
    <message>
        <source>Remember what was seen through the camera.</source>
        <translation>Sich merken, was durch die Kamera zu sehen war.</translation>
    </message>
    <message>
        <source>Look at the screen.</source>
        <translation>Auf den Bildschirm schauen.</translation>
    </message>
    <message>
        <source>Remember what was seen on the screen.</source>
        <translation>Sich merken, was auf dem Bildschirm zu sehen war.</translation>
    </message>
    <message>
        <source>Look at pictures and documents that you give.</source>
        <translation>Bilder und Dokumente ansehen, die du ihr gibst.</translation>
    </message>
    <message>
        <source>Remember what was found in them.</source>
        <translation>Sich merken, was darin gefunden wurde.</translation>
    </message>
    <message>
        <source>Send anything to another computer.</source>
        <translation>Irgendetwas an einen anderen Rechner senden.</translation>
    </message>
</context>
<context>
    <name>ConsentSection</name>
    <message>
        <source>What MIA may do</source>
        <translation>Was MIA darf</translation>
    </message>
    <message>
        <source>Each change holds at once and stands in the audit.</source>
        <translation>Jede Änderung gilt sofort und steht im Protokoll.</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>Erlaubt</translation>
    </message>
    <message>
        <source>Ask each time</source>
        <translation>Jedes Mal fragen</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Verboten</translation>
    </message>
    <message>
        <source>Remember what was found in pictures and documents that you give.</source>
        <translation>Sich merken, was in Bildern und Dokumenten gefunden wurde, die du ihr gibst.</translation>
    </message>
    <message>
        <source>Your word since {0}.</source>
        <translation>Gilt auf dein Wort seit {0}.</translation>
    </message>
    <message>
        <source>{0} memories were kept under this consent. Forget them too?</source>
        <translation>{0} Erinnerungen wurden unter dieser Erlaubnis behalten. Auch sie vergessen?</translation>
    </message>
    <message>
        <source>Forget them</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>Behalten</translation>
    </message>
</context>
<context>
    <name>Conversation</name>
    <message>
        <source>Conversation</source>
        <translation>Gespräch</translation>
    </message>
</context>
<context>
    <name>ConversationFiles</name>
    <message>
        <source>Markdown, for people</source>
        <translation>Markdown, für Menschen</translation>
    </message>
    <message>
        <source>JSON, for another MIA</source>
        <translation>JSON, für eine andere MIA</translation>
    </message>
    <message>
        <source>Export the conversation</source>
        <translation>Das Gespräch exportieren</translation>
    </message>
    <message>
        <source>Conversations of MIA or ChatGPT</source>
        <translation>Gespräche von MIA oder ChatGPT</translation>
    </message>
    <message>
        <source>Take conversations in</source>
        <translation>Gespräche aufnehmen</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Du</translation>
    </message>
    <message>
        <source>The conversation is in {0} now. That file is not encrypted.</source>
        <translation>Das Gespräch ist jetzt in {0}. Diese Datei ist nicht verschlüsselt.</translation>
    </message>
</context>
<context>
    <name>ConversationList</name>
    <message>
        <source>{0}, pinned</source>
        <translation>{0}, angeheftet</translation>
    </message>
    <message>
        <source>{0}
{1}, turns: {2}</source>
        <translation>{0}
{1}, Wortwechsel: {2}</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>Angeheftet</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>Last seven days</source>
        <translation>Letzte sieben Tage</translation>
    </message>
</context>
<context>
    <name>ConversationListView</name>
    <message>
        <source>Conversations</source>
        <translation>Gespräche</translation>
    </message>
    <message>
        <source>Enter opens, F2 renames, Delete deletes</source>
        <translation>Eingabe öffnet, F2 benennt um, Entf löscht</translation>
    </message>
</context>
<context>
    <name>ConversationModel</name>
    <message>
        <source>Stopped</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>MIA said: {0}</source>
        <translation>MIA sagte: {0}</translation>
    </message>
    <message>
        <source>You said: {0}</source>
        <translation>Du sagtest: {0}</translation>
    </message>
    <message>
        <source> With the picture {0}.</source>
        <translation> Mit dem Bild {0}.</translation>
    </message>
</context>
<context>
    <name>ConversationPane</name>
    <message>
        <source>Newest words</source>
        <translation>Neueste Worte</translation>
    </message>
    <message>
        <source>Go to the newest words</source>
        <translation>Zu den neuesten Worten</translation>
    </message>
    <message>
        <source>Go to the newest words (Ctrl+End)</source>
        <translation>Zu den neuesten Worten (Strg+Ende)</translation>
    </message>
    <message>
        <source>Copy what is selected</source>
        <translation>Auswahl kopieren</translation>
    </message>
    <message>
        <source>code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Copy {0}: {1}</source>
        <translation>{0} kopieren: {1}</translation>
    </message>
    <message>
        <source>Show {0}</source>
        <translation>{0} zeigen</translation>
    </message>
    <message>
        <source>Open {0} in the browser</source>
        <translation>{0} im Browser öffnen</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>Adresse kopieren</translation>
    </message>
</context>
<context>
    <name>Core</name>
    <message>
        <source>The model {0} is not on this machine.</source>
        <translation>Das Modell {0} ist nicht auf diesem Rechner.</translation>
    </message>
    <message>
        <source>The model {0} cannot be loaded.</source>
        <translation>Das Modell {0} lässt sich nicht laden.</translation>
    </message>
    <message>
        <source>The model {0} and its projector cannot be loaded together.</source>
        <translation>Das Modell {0} und sein Projektor lassen sich nicht zusammen laden.</translation>
    </message>
    <message>
        <source>The model {0} cannot be used here.</source>
        <translation>Das Modell {0} lässt sich hier nicht nutzen.</translation>
    </message>
    <message>
        <source>The model {0} is for {1}, not {2}.</source>
        <translation>Das Modell {0} ist für {1}, nicht für {2}.</translation>
    </message>
    <message>
        <source>The model {0} has no chat template, so it cannot hold a conversation.</source>
        <translation>Das Modell {0} hat keine Gesprächsvorlage und kann deshalb kein Gespräch führen.</translation>
    </message>
    <message>
        <source>The model {0} has no chat template, so it cannot talk of pictures.</source>
        <translation>Das Modell {0} hat keine Gesprächsvorlage und kann deshalb nicht über Bilder sprechen.</translation>
    </message>
    <message>
        <source>Choose another.</source>
        <translation>Wähle ein anderes.</translation>
    </message>
    <message>
        <source>The model {0} could not look at the picture.</source>
        <translation>Das Modell {0} konnte das Bild nicht ansehen.</translation>
    </message>
    <message>
        <source>Try another one.</source>
        <translation>Nimm ein anderes.</translation>
    </message>
    <message>
        <source>That is more than the model {0} can take in at once.</source>
        <translation>Das ist mehr, als das Modell {0} auf einmal aufnehmen kann.</translation>
    </message>
    <message>
        <source>Show fewer pictures, or begin a new conversation.</source>
        <translation>Zeige weniger Bilder, oder beginne ein neues Gespräch.</translation>
    </message>
    <message>
        <source>The model {0} needs PyTorch and open_clip.</source>
        <translation>Das Modell {0} braucht PyTorch und open_clip.</translation>
    </message>
    <message>
        <source>The model {0} needs torch.</source>
        <translation>Das Modell {0} braucht PyTorch.</translation>
    </message>
    <message>
        <source>Install MIA with its part &apos;torch&apos;.</source>
        <translation>Installiere MIA mit dem Zusatzteil „torch“.</translation>
    </message>
    <message>
        <source>Install MIA with its &apos;torch&apos; extra, or choose an ONNX model.</source>
        <translation>Installiere MIA mit dem Zusatzteil „torch“, oder wähle ein ONNX-Modell.</translation>
    </message>
    <message>
        <source>The voice {0} cannot be loaded.</source>
        <translation>Die Stimme {0} lässt sich nicht laden.</translation>
    </message>
    <message>
        <source>The file {0} of the model {1} is missing or not what it was.</source>
        <translation>Die Datei {0} des Modells {1} fehlt oder ist nicht mehr, was sie war.</translation>
    </message>
    <message>
        <source>If you meant to change it, add it again on the models page.</source>
        <translation>Wenn du sie ändern wolltest, füge das Modell auf der Seite Modelle noch einmal hinzu.</translation>
    </message>
    <message>
        <source>Missing or damaged: {0}.</source>
        <translation>Fehlt oder ist beschädigt: {0}.</translation>
    </message>
    <message>
        <source>Fetch the model again.</source>
        <translation>Hole das Modell noch einmal.</translation>
    </message>
    <message>
        <source>{0} arrived damaged.</source>
        <translation>{0} kam beschädigt an.</translation>
    </message>
    <message>
        <source>{0} arrived damaged ({1}).</source>
        <translation>{0} kam beschädigt an ({1}).</translation>
    </message>
    <message>
        <source>Try again: it will be fetched anew.</source>
        <translation>Versuche es noch einmal: Es wird neu geholt.</translation>
    </message>
    <message>
        <source>{0} could not be fetched from the hub: {1}.</source>
        <translation>{0} ließ sich nicht aus dem Netz holen: {1}.</translation>
    </message>
    <message>
        <source>Try again later.</source>
        <translation>Versuche es später noch einmal.</translation>
    </message>
    <message>
        <source>Try again later or update MIA.</source>
        <translation>Versuche es später noch einmal, oder aktualisiere MIA.</translation>
    </message>
    <message>
        <source>No source has {0}.</source>
        <translation>Keine Quelle hat {0}.</translation>
    </message>
    <message>
        <source>What was fetched for {0} of {1} is not what the catalogue describes (SHA-256 {2}..., expected {3}...).</source>
        <translation>Was für {0} von {1} geholt wurde, ist nicht das, was im Katalog steht (SHA-256 {2}…, erwartet {3}…).</translation>
    </message>
    <message>
        <source>{0} could not be fetched: {1} Check the connection and pip&apos;s settings.</source>
        <translation>{0} ließ sich nicht holen: {1} Prüfe die Verbindung und die Einstellungen von pip.</translation>
    </message>
    <message>
        <source>{0} is fetched with pip, which this MIA lacks.</source>
        <translation>{0} wird mit pip geholt, und dieser MIA fehlt pip.</translation>
    </message>
    <message>
        <source>Install pip beside it, or fetch the model on another machine and copy its folder into the folder of models.</source>
        <translation>Installiere pip daneben, oder hole das Modell auf einem anderen Rechner und kopiere seinen Ordner in den Ordner der Modelle.</translation>
    </message>
    <message>
        <source>{0} holds no file {1}.</source>
        <translation>{0} enthält keine Datei {1}.</translation>
    </message>
    <message>
        <source>Update MIA, then try again.</source>
        <translation>Aktualisiere MIA, dann versuche es noch einmal.</translation>
    </message>
    <message>
        <source>The package index has no wheel of {0}.</source>
        <translation>Der Paketindex hat kein Wheel von {0}.</translation>
    </message>
    <message>
        <source>The disk of {0} is full: {1} needed, {2} free.</source>
        <translation>Die Platte von {0} ist voll: {1} werden gebraucht, {2} sind frei.</translation>
    </message>
    <message>
        <source>Free some room, then try again; what was fetched is kept.</source>
        <translation>Schaffe Platz, dann versuche es noch einmal; was schon geholt ist, bleibt.</translation>
    </message>
    <message>
        <source>Check the folder {0}.</source>
        <translation>Prüfe den Ordner {0}.</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <source>What was fetched of {0} is kept for the next time.</source>
        <translation>Was von {0} schon geholt ist, bleibt fürs nächste Mal.</translation>
    </message>
    <message>
        <source>There is no model &apos;{0}&apos;.</source>
        <translation>Ein Modell „{0}“ gibt es nicht.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is no name for a model: use a-z, 0-9, dot, dash and underscore, at most 64.</source>
        <translation>„{0}“ taugt nicht als Name eines Modells: nimm a-z, 0-9, Punkt, Strich und Unterstrich, höchstens 64.</translation>
    </message>
    <message>
        <source>MIA knows another model called &apos;{0}&apos;.</source>
        <translation>MIA kennt schon ein anderes Modell namens „{0}“.</translation>
    </message>
    <message>
        <source>Give the file another name.</source>
        <translation>Gib der Datei einen anderen Namen.</translation>
    </message>
    <message>
        <source>Two models are called &apos;{0}&apos;.</source>
        <translation>Zwei Modelle heißen „{0}“.</translation>
    </message>
    <message>
        <source>Rename one of them.</source>
        <translation>Benenne eines davon um.</translation>
    </message>
    <message>
        <source>The catalogue {0} cannot be read ({1}).</source>
        <translation>Der Katalog {0} lässt sich nicht lesen ({1}).</translation>
    </message>
    <message>
        <source>Mend or delete it.</source>
        <translation>Berichtige oder lösche ihn.</translation>
    </message>
    <message>
        <source>Mend or delete that entry.</source>
        <translation>Berichtige oder lösche diesen Eintrag.</translation>
    </message>
    <message>
        <source>{0}: a table was expected.</source>
        <translation>{0}: Hier wurde eine Tabelle erwartet.</translation>
    </message>
    <message>
        <source>{0} is no GGUF file.</source>
        <translation>{0} ist keine GGUF-Datei.</translation>
    </message>
    <message>
        <source>{0} is a GGUF file of a kind (version {1}) that MIA cannot read.</source>
        <translation>{0} ist eine GGUF-Datei einer Art (Version {1}), die MIA nicht lesen kann.</translation>
    </message>
    <message>
        <source>{0} is cut off: {1} bytes, and its tensors need {2}.</source>
        <translation>{0} ist abgeschnitten: {1} Bytes, und ihre Tensoren brauchen {2}.</translation>
    </message>
    <message>
        <source>{0} is cut off or damaged: its head cannot be read.</source>
        <translation>{0} ist abgeschnitten oder beschädigt: Ihr Kopf lässt sich nicht lesen.</translation>
    </message>
    <message>
        <source>Download it again.</source>
        <translation>Lade sie noch einmal herunter.</translation>
    </message>
    <message>
        <source>There is no {0}.</source>
        <translation>{0} gibt es nicht.</translation>
    </message>
    <message>
        <source>{0} is taken for a model of open_clip: beside {1} there must be one file of weights ({2}), not {3}.</source>
        <translation>{0} sieht nach einem Modell von open_clip aus: neben {1} muss eine Datei mit Gewichten liegen ({2}), nicht {3}.</translation>
    </message>
    <message>
        <source>{0} is no CTranslate2 Whisper model: model.bin, config.json and tokenizer.json or vocabulary.* must be in it.</source>
        <translation>{0} ist kein Whisper-Modell für CTranslate2: model.bin, config.json und tokenizer.json oder vocabulary.* müssen darin sein.</translation>
    </message>
    <message>
        <source>{0} is taken for a Piper voice, but {1} is not beside it.</source>
        <translation>{0} sieht nach einer Piper-Stimme aus, aber {1} liegt nicht daneben.</translation>
    </message>
    <message>
        <source>{0} is the first of {1} parts, and {2} is not beside it.</source>
        <translation>{0} ist der erste von {1} Teilen, und {2} liegt nicht daneben.</translation>
    </message>
    <message>
        <source>{0} is not the description of a Piper voice.</source>
        <translation>{0} ist nicht die Beschreibung einer Piper-Stimme.</translation>
    </message>
    <message>
        <source>The microphone cannot be used.</source>
        <translation>Das Mikrofon lässt sich nicht benutzen.</translation>
    </message>
    <message>
        <source>The speaker cannot be used.</source>
        <translation>Der Lautsprecher lässt sich nicht benutzen.</translation>
    </message>
    <message>
        <source>The default microphone cannot be used.</source>
        <translation>Das Standardmikrofon lässt sich nicht benutzen.</translation>
    </message>
    <message>
        <source>The default speaker cannot be used.</source>
        <translation>Der Standardlautsprecher lässt sich nicht benutzen.</translation>
    </message>
    <message>
        <source>I could not make out any words.</source>
        <translation>Ich konnte keine Worte verstehen.</translation>
    </message>
    <message>
        <source>Say it again.</source>
        <translation>Sag es noch einmal.</translation>
    </message>
    <message>
        <source>There is no file {0}.</source>
        <translation>Die Datei {0} gibt es nicht.</translation>
    </message>
    <message>
        <source>Name one that is there.</source>
        <translation>Nenne eine, die es gibt.</translation>
    </message>
    <message>
        <source>Check the name.</source>
        <translation>Prüfe den Namen.</translation>
    </message>
    <message>
        <source>{0} is a folder.</source>
        <translation>{0} ist ein Ordner.</translation>
    </message>
    <message>
        <source>Give a picture in it.</source>
        <translation>Gib ein Bild daraus.</translation>
    </message>
    <message>
        <source>Name a sound file in it.</source>
        <translation>Nenne eine Tondatei darin.</translation>
    </message>
    <message>
        <source>{0} is only a pixel wide or high, too small to see anything on it.</source>
        <translation>{0} ist nur ein Pixel breit oder hoch, zu klein, um darauf etwas zu sehen.</translation>
    </message>
    <message>
        <source>{0} has only one page.</source>
        <translation>{0} hat nur eine Seite.</translation>
    </message>
    <message>
        <source>{0} has no page {1}: it has {2}.</source>
        <translation>{0} hat keine Seite {1}, sondern nur {2}.</translation>
    </message>
    <message>
        <source>{0} is an SVG drawing, which MIA does not open.</source>
        <translation>{0} ist eine SVG-Zeichnung, die MIA nicht öffnet.</translation>
    </message>
    <message>
        <source>Save it as PNG and give that.</source>
        <translation>Speichere sie als PNG und gib das.</translation>
    </message>
    <message>
        <source>{0} is not a picture that MIA knows.</source>
        <translation>{0} ist kein Bild, das MIA kennt.</translation>
    </message>
    <message>
        <source>Give PNG, JPEG, WebP, GIF, BMP, TIFF, HEIC or PDF.</source>
        <translation>Gib PNG, JPEG, WebP, GIF, BMP, TIFF, HEIC oder PDF.</translation>
    </message>
    <message>
        <source>{0} is an encrypted PDF file.</source>
        <translation>{0} ist eine verschlüsselte PDF-Datei.</translation>
    </message>
    <message>
        <source>Save it without a password and give that.</source>
        <translation>Speichere sie ohne Passwort und gib das.</translation>
    </message>
    <message>
        <source>MIA is closing.</source>
        <translation>MIA wird geschlossen.</translation>
    </message>
    <message>
        <source>MIA&apos;s own folder &apos;{0}&apos; is missing.</source>
        <translation>MIAs eigener Ordner „{0}“ fehlt.</translation>
    </message>
    <message>
        <source>Install MIA again.</source>
        <translation>Installiere MIA neu.</translation>
    </message>
    <message>
        <source>Something went wrong inside MIA.</source>
        <translation>In MIA ist etwas schiefgegangen.</translation>
    </message>
    <message>
        <source>Something went wrong inside MIA ({0}).</source>
        <translation>In MIA ist etwas schiefgegangen ({0}).</translation>
    </message>
    <message>
        <source>MIA got stuck with this and gave up.</source>
        <translation>MIA kam damit nicht weiter und hat aufgegeben.</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>Versuche es noch einmal.</translation>
    </message>
    <message>
        <source>Start it again.</source>
        <translation>Starte sie neu.</translation>
    </message>
    <message>
        <source>That is more text than the model can read at once.</source>
        <translation>Das ist mehr Text, als das Modell auf einmal lesen kann.</translation>
    </message>
    <message>
        <source>Shorten it.</source>
        <translation>Kürze ihn.</translation>
    </message>
    <message>
        <source>MIA has no voice here: it runs without a speaker.</source>
        <translation>MIA hat hier keine Stimme: Sie läuft ohne Lautsprecher.</translation>
    </message>
    <message>
        <source>The settings in {0} cannot be read.</source>
        <translation>Die Einstellungen in {0} lassen sich nicht lesen.</translation>
    </message>
    <message>
        <source>Mend or delete that file.</source>
        <translation>Berichtige oder lösche diese Datei.</translation>
    </message>
    <message>
        <source>In {0}: {1} Mend or delete that line.</source>
        <translation>In der Datei {0}: {1} Berichtige oder lösche diese Zeile.</translation>
    </message>
    <message>
        <source>{0} must be {1}, not &apos;{2}&apos;.</source>
        <translation>{0} muss {1} sein, nicht „{2}“.</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>eine Zahl</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>eine ganze Zahl</translation>
    </message>
    <message>
        <source>There is no screen.</source>
        <translation>Es gibt keinen Bildschirm.</translation>
    </message>
    <message>
        <source>The window needs one.</source>
        <translation>Das Fenster braucht einen.</translation>
    </message>
    <message>
        <source>{0}, in use now</source>
        <translation>{0}, gerade in Gebrauch</translation>
    </message>
    <message>
        <source>There is no setting &apos;{0}&apos;.</source>
        <translation>Eine Einstellung „{0}“ gibt es nicht.</translation>
    </message>
    <message>
        <source>{0} must be between {1} and {2}.</source>
        <translation>{0} muss zwischen {1} und {2} liegen.</translation>
    </message>
    <message>
        <source>{0} must be one of: {1}.</source>
        <translation>{0} muss eines davon sein: {1}.</translation>
    </message>
    <message>
        <source>{0} must be true or false.</source>
        <translation>{0} muss true oder false sein.</translation>
    </message>
    <message>
        <source>program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>home</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>hearing model</source>
        <translation>Hörmodell</translation>
    </message>
    <message>
        <source>language model</source>
        <translation>Sprachmodell</translation>
    </message>
    <message>
        <source>voice</source>
        <translation>Stimme</translation>
    </message>
    <message>
        <source>vault</source>
        <translation>Tresor</translation>
    </message>
    <message>
        <source>screen</source>
        <translation>Bildschirm</translation>
    </message>
    <message>
        <source>graphics processor</source>
        <translation>Grafikprozessor</translation>
    </message>
    <message>
        <source>keyring</source>
        <translation>Schlüsselbund</translation>
    </message>
    <message>
        <source>passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>keyring and passphrase</source>
        <translation>Schlüsselbund und Passphrase</translation>
    </message>
    <message>
        <source>MIA {0}, Python {1}, {2}, its own folders: {3}</source>
        <translation>MIA {0}, Python {1}, {2}, eigene Ordner: {3}</translation>
    </message>
    <message>
        <source>all at default</source>
        <translation>alle auf Vorgabe</translation>
    </message>
    <message>
        <source>{0}, {1} GB free</source>
        <translation>{0}, {1} GB frei</translation>
    </message>
    <message>
        <source>See that you may write there.</source>
        <translation>Sieh zu, dass du dort schreiben darfst.</translation>
    </message>
    <message>
        <source>Free at least 2 GB.</source>
        <translation>Schaffe mindestens 2 GB Platz.</translation>
    </message>
    <message>
        <source>There is no microphone.</source>
        <translation>Es gibt kein Mikrofon.</translation>
    </message>
    <message>
        <source>There is no speaker.</source>
        <translation>Es gibt keinen Lautsprecher.</translation>
    </message>
    <message>
        <source>Plug one in and check the system&apos;s settings.</source>
        <translation>Schließe ein Gerät an, und prüfe die Einstellungen des Systems.</translation>
    </message>
    <message>
        <source>there is none; you are a guest, of whom nothing is kept</source>
        <translation>es gibt keinen; du bist Gast, und nichts von dir wird behalten</translation>
    </message>
    <message>
        <source>{0} MB, opens with {1}</source>
        <translation>{0} MB, geht auf mit: {1}</translation>
    </message>
    <message>
        <source>{0}; there is no recovery kit</source>
        <translation>{0}; eine Notfallkarte gibt es nicht</translation>
    </message>
    <message>
        <source>A kit is made where this vault was made, on the command line.</source>
        <translation>Eine Karte entsteht dort, wo dieser Tresor angelegt wurde: auf der Befehlszeile.</translation>
    </message>
    <message>
        <source>Fetch it on the models page.</source>
        <translation>Hole es auf der Seite Modelle.</translation>
    </message>
    <message>
        <source>The sentence says what to do.</source>
        <translation>Der Satz sagt, was zu tun ist.</translation>
    </message>
    <message>
        <source>a screen is there</source>
        <translation>ein Bildschirm ist da</translation>
    </message>
    <message>
        <source>llama.cpp can use one</source>
        <translation>llama.cpp kann einen nutzen</translation>
    </message>
    <message>
        <source>none used; models run on the processor</source>
        <translation>keiner wird genutzt; Modelle laufen auf dem Prozessor</translation>
    </message>
    <message>
        <source>The {0} cannot be used.</source>
        <translation>Das Gerät „{0}“ lässt sich nicht benutzen.</translation>
    </message>
    <message>
        <source>Plug one in or choose another.</source>
        <translation>Schließe ein Gerät an, oder wähle ein anderes.</translation>
    </message>
    <message>
        <source>The default speaker stopped playing.</source>
        <translation>Der Standardlautsprecher spielt nicht mehr.</translation>
    </message>
    <message>
        <source>The {0} stopped playing.</source>
        <translation>Das Gerät „{0}“ spielt nicht mehr.</translation>
    </message>
    <message>
        <source>The default microphone stopped sending sound.</source>
        <translation>Das Standardmikrofon sendet keinen Ton mehr.</translation>
    </message>
    <message>
        <source>The {0} stopped sending sound.</source>
        <translation>Das Gerät „{0}“ sendet keinen Ton mehr.</translation>
    </message>
    <message>
        <source>The {0} cannot be used: it is missing, or another program has it.</source>
        <translation>Das Gerät „{0}“ lässt sich nicht benutzen: Es fehlt, oder ein anderes Programm nutzt es gerade.</translation>
    </message>
    <message>
        <source>The {0} stopped sending pictures.</source>
        <translation>Das Gerät „{0}“ sendet keine Bilder mehr.</translation>
    </message>
    <message>
        <source>Check that it is plugged in.</source>
        <translation>Prüfe, ob das Gerät angeschlossen ist.</translation>
    </message>
    <message>
        <source>The camera {0} is not plugged in.</source>
        <translation>Die Kamera {0} ist nicht angeschlossen.</translation>
    </message>
    <message>
        <source>There is: {0}.</source>
        <translation>Angeschlossen ist: {0}.</translation>
    </message>
    <message>
        <source>There is no camera.</source>
        <translation>Es gibt keine Kamera.</translation>
    </message>
    <message>
        <source>Plug one in.</source>
        <translation>Schließe eine an.</translation>
    </message>
    <message>
        <source>The camera gives no picture.</source>
        <translation>Die Kamera liefert kein Bild.</translation>
    </message>
    <message>
        <source>Check that no other program uses it, or choose another one.</source>
        <translation>Prüfe, ob ein anderes Programm sie nutzt, oder wähle eine andere.</translation>
    </message>
    <message>
        <source>{0} cannot be played.</source>
        <translation>{0} lässt sich nicht abspielen.</translation>
    </message>
    <message>
        <source>Give a video or a folder of pictures.</source>
        <translation>Gib ein Video oder einen Ordner mit Bildern an.</translation>
    </message>
    <message>
        <source>{0} holds no picture that can be played.</source>
        <translation>{0} enthält kein Bild, das sich abspielen lässt.</translation>
    </message>
    <message>
        <source>The PortAudio library is missing.</source>
        <translation>Die Bibliothek PortAudio fehlt.</translation>
    </message>
    <message>
        <source>On Debian or Ubuntu it is the package libportaudio2.</source>
        <translation>Unter Debian und Ubuntu ist es das Paket libportaudio2.</translation>
    </message>
    <message>
        <source>The echo canceller failed ({0}).</source>
        <translation>Die Echounterdrückung ist ausgefallen ({0}).</translation>
    </message>
    <message>
        <source>Switch echo cancelling off in the settings.</source>
        <translation>Schalte die Echounterdrückung in den Einstellungen aus.</translation>
    </message>
    <message>
        <source>MIA hears herself, so she cannot listen while she speaks.</source>
        <translation>MIA hört sich selbst und kann deshalb nicht zuhören, während sie spricht.</translation>
    </message>
    <message>
        <source>A headset, or less volume, helps.</source>
        <translation>Ein Headset hilft, oder weniger Lautstärke.</translation>
    </message>
    <message>
        <source>MIA no longer hears herself: she listens while she speaks.</source>
        <translation>MIA hört sich nicht mehr selbst: Sie hört zu, während sie spricht.</translation>
    </message>
    <message>
        <source>I heard no speech.</source>
        <translation>Ich habe kein Wort gehört.</translation>
    </message>
    <message>
        <source>Hold the key while you talk.</source>
        <translation>Halte die Taste, während du sprichst.</translation>
    </message>
    <message>
        <source>The vault is locked.</source>
        <translation>Der Tresor ist gesperrt.</translation>
    </message>
    <message>
        <source>Unlock it first.</source>
        <translation>Entsperre ihn zuerst.</translation>
    </message>
    <message>
        <source>The vault was locked meanwhile.</source>
        <translation>Der Tresor wurde inzwischen gesperrt.</translation>
    </message>
    <message>
        <source>Unlock it and try again.</source>
        <translation>Entsperre ihn, und versuche es noch einmal.</translation>
    </message>
    <message>
        <source>The vault does not open with what this machine&apos;s keyring holds and what you gave: a key is missing or wrong, or the vault&apos;s files were changed.</source>
        <translation>Der Tresor geht mit dem Schlüsselbund dieses Rechners und deiner Eingabe nicht auf: Ein Schlüssel fehlt oder ist falsch, oder die Dateien des Tresors wurden verändert.</translation>
    </message>
    <message>
        <source>Nothing was altered.</source>
        <translation>Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Too many wrong passphrases.</source>
        <translation>Zu viele falsche Passphrasen.</translation>
    </message>
    <message>
        <source>Try again in {0} s.</source>
        <translation>Versuche es in {0} s noch einmal.</translation>
    </message>
    <message>
        <source>A passphrase needs at least {0} letters.</source>
        <translation>Eine Passphrase braucht mindestens {0} Zeichen.</translation>
    </message>
    <message>
        <source>A few random words are good.</source>
        <translation>Ein paar zufällige Wörter sind gut.</translation>
    </message>
    <message>
        <source>Type it in on the memory page.</source>
        <translation>Gib sie auf der Seite Erinnerung ein.</translation>
    </message>
    <message>
        <source>Unlock it, or log in to the desktop; if it is lost, the recovery kit opens the vault.</source>
        <translation>Entsperre ihn, oder melde dich am Desktop an; ist er verloren, öffnet die Notfallkarte den Tresor.</translation>
    </message>
    <message>
        <source>There is no keyring on this system that MIA may use, so the vault needs a passphrase.</source>
        <translation>Auf diesem System gibt es keinen Schlüsselbund, den MIA nutzen darf; deshalb braucht der Tresor eine Passphrase.</translation>
    </message>
    <message>
        <source>The system&apos;s keyring did not answer.</source>
        <translation>Der Schlüsselbund des Systems hat nicht geantwortet.</translation>
    </message>
    <message>
        <source>The system&apos;s keyring did not answer within {0} s.</source>
        <translation>Der Schlüsselbund des Systems hat {0} s lang nicht geantwortet.</translation>
    </message>
    <message>
        <source>The system&apos;s keyring refused.</source>
        <translation>Der Schlüsselbund des Systems hat abgelehnt.</translation>
    </message>
    <message>
        <source>The system&apos;s keyring does not keep what it is given.</source>
        <translation>Der Schlüsselbund des Systems behält nicht, was man ihm gibt.</translation>
    </message>
    <message>
        <source>Repair it, or use a passphrase only.</source>
        <translation>Repariere ihn, oder nimm nur eine Passphrase.</translation>
    </message>
    <message>
        <source>This recovery code has a slip in it: 14 groups of four letters and digits are wanted.</source>
        <translation>In diesem Notfallcode ist ein Tippfehler: Es müssen 14 Gruppen aus vier Buchstaben und Ziffern sein.</translation>
    </message>
    <message>
        <source>Compare it.</source>
        <translation>Vergleiche ihn.</translation>
    </message>
    <message>
        <source>There is no vault.</source>
        <translation>Es gibt keinen Tresor.</translation>
    </message>
    <message>
        <source>There is no vault yet.</source>
        <translation>Es gibt noch keinen Tresor.</translation>
    </message>
    <message>
        <source>Make one on the memory page.</source>
        <translation>Auf der Seite Erinnerung kannst du einen anlegen.</translation>
    </message>
    <message>
        <source>There is a vault already in {0}.</source>
        <translation>In {0} gibt es schon einen Tresor.</translation>
    </message>
    <message>
        <source>It is never overwritten.</source>
        <translation>Er wird nie überschrieben.</translation>
    </message>
    <message>
        <source>No vault can be made in {0}.</source>
        <translation>In {0} lässt sich kein Tresor anlegen.</translation>
    </message>
    <message>
        <source>Check the disk.</source>
        <translation>Prüfe die Platte.</translation>
    </message>
    <message>
        <source>Check the disk and its permissions.</source>
        <translation>Prüfe die Platte und ihre Rechte.</translation>
    </message>
    <message>
        <source>Another program holds the vault&apos;s file.</source>
        <translation>Ein anderes Programm hält die Datei des Tresors fest.</translation>
    </message>
    <message>
        <source>Close it and try again.</source>
        <translation>Schließe es, und versuche es noch einmal.</translation>
    </message>
    <message>
        <source>The vault&apos;s key file {0} cannot be read.</source>
        <translation>Die Schlüsseldatei des Tresors {0} lässt sich nicht lesen.</translation>
    </message>
    <message>
        <source>The vault&apos;s key file {0} cannot be written.</source>
        <translation>Die Schlüsseldatei des Tresors {0} lässt sich nicht schreiben.</translation>
    </message>
    <message>
        <source>The vault&apos;s key file {0} is missing.</source>
        <translation>Die Schlüsseldatei des Tresors {0} fehlt.</translation>
    </message>
    <message>
        <source>The vault&apos;s key file is damaged.</source>
        <translation>Die Schlüsseldatei des Tresors ist beschädigt.</translation>
    </message>
    <message>
        <source>Put it back.</source>
        <translation>Stelle sie wieder her.</translation>
    </message>
    <message>
        <source>Put it back from a backup.</source>
        <translation>Stelle sie aus einer Sicherung wieder her.</translation>
    </message>
    <message>
        <source>The vault&apos;s key file is of a newer MIA.</source>
        <translation>Die Schlüsseldatei des Tresors stammt von einer neueren MIA.</translation>
    </message>
    <message>
        <source>Update MIA.</source>
        <translation>Aktualisiere MIA.</translation>
    </message>
    <message>
        <source>The vault&apos;s database {0} is missing.</source>
        <translation>Die Datenbank des Tresors {0} fehlt.</translation>
    </message>
    <message>
        <source>The vault&apos;s folder {0} cannot be written.</source>
        <translation>In den Ordner des Tresors {0} lässt sich nichts schreiben.</translation>
    </message>
    <message>
        <source>The vault in {0} cannot be read.</source>
        <translation>Der Tresor in {0} lässt sich nicht lesen.</translation>
    </message>
    <message>
        <source>The vault&apos;s database cannot carry this out ({0}).</source>
        <translation>Die Datenbank des Tresors kann das nicht ausführen ({0}).</translation>
    </message>
    <message>
        <source>A row breaks a rule of its table ({0}).</source>
        <translation>Eine Zeile verletzt eine Regel ihrer Tabelle ({0}).</translation>
    </message>
    <message>
        <source>The vault cannot be copied: the disk is full or failing.</source>
        <translation>Der Tresor lässt sich nicht kopieren: Die Platte ist voll oder gestört.</translation>
    </message>
    <message>
        <source>Free some space.</source>
        <translation>Schaffe Platz.</translation>
    </message>
    <message>
        <source>Free some space and check the disk.</source>
        <translation>Schaffe Platz, und prüfe die Platte.</translation>
    </message>
    <message>
        <source>Free some space or name another.</source>
        <translation>Schaffe Platz, oder nenne eine andere Datei.</translation>
    </message>
    <message>
        <source>{0} cannot be written.</source>
        <translation>{0} lässt sich nicht schreiben.</translation>
    </message>
    <message>
        <source>{0} cannot be written ({1}).</source>
        <translation>{0} lässt sich nicht schreiben ({1}).</translation>
    </message>
    <message>
        <source>Name another file.</source>
        <translation>Nenne eine andere Datei.</translation>
    </message>
    <message>
        <source>{0} is there already.</source>
        <translation>{0} gibt es schon.</translation>
    </message>
    <message>
        <source>Name a file in a folder of yours.</source>
        <translation>Nenne eine Datei in einem Ordner von dir.</translation>
    </message>
    <message>
        <source>Name a new file.</source>
        <translation>Nenne eine neue Datei.</translation>
    </message>
    <message>
        <source>There is no folder {0}.</source>
        <translation>Den Ordner {0} gibt es nicht.</translation>
    </message>
    <message>
        <source>Make one, or name another.</source>
        <translation>Lege ihn an, oder nenne einen anderen.</translation>
    </message>
    <message>
        <source>The backup is damaged.</source>
        <translation>Die Sicherung ist beschädigt.</translation>
    </message>
    <message>
        <source>The backup is not whole.</source>
        <translation>Die Sicherung ist unvollständig.</translation>
    </message>
    <message>
        <source>Use another one.</source>
        <translation>Nimm eine andere.</translation>
    </message>
    <message>
        <source>This file is no backup of MIA&apos;s vault.</source>
        <translation>Diese Datei ist keine Sicherung von MIAs Tresor.</translation>
    </message>
    <message>
        <source>The backup cannot be written or read: the disk is full or failing.</source>
        <translation>Die Sicherung lässt sich nicht schreiben oder lesen: Die Platte ist voll oder gestört.</translation>
    </message>
    <message>
        <source>There is no room for the copy that a new key needs.</source>
        <translation>Für die Kopie, die ein neuer Schlüssel braucht, ist kein Platz.</translation>
    </message>
    <message>
        <source>A sealed file is damaged or not whole.</source>
        <translation>Eine versiegelte Datei ist beschädigt oder unvollständig.</translation>
    </message>
    <message>
        <source>Restore it from a backup.</source>
        <translation>Stelle sie aus einer Sicherung wieder her.</translation>
    </message>
    <message>
        <source>The vault is older than the one last seen here, or was exchanged: {0}.</source>
        <translation>Der Tresor ist älter als der zuletzt gesehene oder wurde ausgetauscht: {0}.</translation>
    </message>
    <message>
        <source>It may only be read.</source>
        <translation>Er lässt sich nur lesen.</translation>
    </message>
    <message>
        <source>Put the newer one back, or take this one for good.</source>
        <translation>Stelle den neueren wieder her, oder nimm diesen als richtig an.</translation>
    </message>
    <message>
        <source>it has {0} changes, {1} had been seen</source>
        <translation>er hat {0} Änderungen, gesehen waren {1}</translation>
    </message>
    <message>
        <source>its history is another one</source>
        <translation>seine Geschichte ist eine andere</translation>
    </message>
    <message>
        <source>its journal is gone</source>
        <translation>sein Journal fehlt</translation>
    </message>
    <message>
        <source>parts of it were replaced</source>
        <translation>Teile davon wurden ersetzt</translation>
    </message>
    <message>
        <source>The vault&apos;s keys are gone, but not all of its files.</source>
        <translation>Die Schlüssel des Tresors sind vernichtet, aber nicht alle seine Dateien.</translation>
    </message>
    <message>
        <source>Delete {0} yourself.</source>
        <translation>Lösche {0} selbst.</translation>
    </message>
    <message>
        <source>The audit is broken: entries after {0} were cut off.</source>
        <translation>Das Protokoll ist beschädigt: Einträge nach {0} wurden abgeschnitten.</translation>
    </message>
    <message>
        <source>The audit is broken at entry {0}: it or one before it was changed or removed.</source>
        <translation>Das Protokoll ist bei Eintrag {0} beschädigt: Er oder einer davor wurde verändert oder entfernt.</translation>
    </message>
    <message>
        <source>There is no such attachment; it may have been forgotten.</source>
        <translation>Diesen Anhang gibt es nicht; vielleicht wurde er vergessen.</translation>
    </message>
    <message>
        <source>The file cannot be kept: the vault&apos;s disk is full or failing.</source>
        <translation>Die Datei lässt sich nicht aufbewahren: Die Platte des Tresors ist voll oder gestört.</translation>
    </message>
    <message>
        <source>An attachment&apos;s file is missing.</source>
        <translation>Die Datei eines Anhangs fehlt.</translation>
    </message>
    <message>
        <source>An attachment cannot be read: the vault&apos;s disk is failing.</source>
        <translation>Ein Anhang lässt sich nicht lesen: Die Platte des Tresors ist gestört.</translation>
    </message>
    <message>
        <source>The export does not open with that passphrase, or it is damaged.</source>
        <translation>Der Export geht mit dieser Passphrase nicht auf, oder er ist beschädigt.</translation>
    </message>
    <message>
        <source>Try again, or export it again.</source>
        <translation>Versuche es noch einmal, oder exportiere neu.</translation>
    </message>
    <message>
        <source>The export cannot be written to {0}.</source>
        <translation>Der Export lässt sich nicht nach {0} schreiben.</translation>
    </message>
    <message>
        <source>{0} is no sealed export of MIA.</source>
        <translation>{0} ist kein versiegelter Export von MIA.</translation>
    </message>
    <message>
        <source>Type the export&apos;s passphrase.</source>
        <translation>Gib die Passphrase des Exports ein.</translation>
    </message>
    <message>
        <source>Give a file that MIA exported.</source>
        <translation>Gib eine Datei, die MIA exportiert hat.</translation>
    </message>
    <message>
        <source>Line {0} is not of a MIA memory export.</source>
        <translation>Zeile {0} stammt nicht aus einem Export von MIA.</translation>
    </message>
    <message>
        <source>{0} holds no {1}.</source>
        <translation>{0} enthält {1} nicht.</translation>
    </message>
    <message>
        <source>{0} holds more than {1} MB.</source>
        <translation>{0} enthält mehr als {1} MB.</translation>
    </message>
    <message>
        <source>Split it.</source>
        <translation>Teile die Datei.</translation>
    </message>
    <message>
        <source>That is neither a conversation that MIA exported nor conversations.json of a ChatGPT export.</source>
        <translation>Das ist weder ein Gespräch, das MIA exportiert hat, noch conversations.json aus einem Export von ChatGPT.</translation>
    </message>
    <message>
        <source>Only you can tell MIA how to do things.</source>
        <translation>Nur du kannst MIA sagen, wie sie etwas tun soll.</translation>
    </message>
    <message>
        <source>Say or type it yourself.</source>
        <translation>Sag oder schreib es selbst.</translation>
    </message>
    <message>
        <source>The year {0} is too far away to be remembered.</source>
        <translation>Das Jahr {0} ist zu weit weg, um es sich zu merken.</translation>
    </message>
    <message>
        <source>A memory needs words.</source>
        <translation>Eine Erinnerung braucht Worte.</translation>
    </message>
    <message>
        <source>To remove it, forget it.</source>
        <translation>Um sie loszuwerden, vergiss sie.</translation>
    </message>
    <message>
        <source>There is no memory {0}.</source>
        <translation>Eine Erinnerung {0} gibt es nicht.</translation>
    </message>
    <message>
        <source>That conversation is not there any more.</source>
        <translation>Dieses Gespräch gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>Choose another one.</source>
        <translation>Wähle ein anderes.</translation>
    </message>
    <message>
        <source>That is not kept: there is nothing in it, or you do not allow it to be kept.</source>
        <translation>Das wird nicht behalten: Es steht nichts darin, oder du erlaubst nicht, dass es behalten wird.</translation>
    </message>
    <message>
        <source>There is nothing to undo: a change of memory can be taken back for a minute.</source>
        <translation>Es gibt nichts rückgängig zu machen: Eine Änderung der Erinnerung lässt sich eine Minute lang zurücknehmen.</translation>
    </message>
    <message>
        <source>This memory was written by a newer MIA.</source>
        <translation>Diese Erinnerung hat eine neuere MIA geschrieben.</translation>
    </message>
    <message>
        <source>Update MIA to open it.</source>
        <translation>Aktualisiere MIA, um sie zu öffnen.</translation>
    </message>
    <message>
        <source>You are a guest: there is no vault that could remember.</source>
        <translation>Du bist Gast: Es gibt keinen Tresor, der sich etwas merken könnte.</translation>
    </message>
    <message>
        <source>You are a guest, so no conversation is kept.</source>
        <translation>Du bist Gast, deshalb wird kein Gespräch behalten.</translation>
    </message>
    <message>
        <source>Make a vault, or unlock it.</source>
        <translation>Lege einen Tresor an, oder entsperre ihn.</translation>
    </message>
    <message>
        <source>has your words</source>
        <translation>enthält deine Worte</translation>
    </message>
    <message>
        <source>has these words</source>
        <translation>enthält diese Worte</translation>
    </message>
    <message>
        <source>was said while talking about it</source>
        <translation>wurde gesagt, als davon die Rede war</translation>
    </message>
    <message>
        <source>answers a question like it</source>
        <translation>beantwortet eine solche Frage</translation>
    </message>
    <message>
        <source>means something alike</source>
        <translation>bedeutet Ähnliches</translation>
    </message>
    <message>
        <source>said by whom you ask about</source>
        <translation>kommt von der Person, nach der du fragst</translation>
    </message>
    <message>
        <source>is tied to what you ask about</source>
        <translation>hängt mit dem zusammen, wonach du fragst</translation>
    </message>
    <message>
        <source>fits the time you ask about</source>
        <translation>passt zu der Zeit, nach der du fragst</translation>
    </message>
    <message>
        <source>was in mind a moment ago</source>
        <translation>war eben noch gegenwärtig</translation>
    </message>
    <message>
        <source>Another MIA has the vault open.</source>
        <translation>Eine andere MIA hat den Tresor geöffnet.</translation>
    </message>
    <message>
        <source>Close it, or lock the vault there.</source>
        <translation>Schließe sie, oder sperre den Tresor dort.</translation>
    </message>
    <message>
        <source>The vault&apos;s disk is full or failing ({0}).</source>
        <translation>Die Platte des Tresors ist voll oder gestört ({0}).</translation>
    </message>
    <message>
        <source>Free some space and try again.</source>
        <translation>Schaffe Platz, und versuche es noch einmal.</translation>
    </message>
    <message>
        <source>The file {0} cannot be read.</source>
        <translation>Die Datei {0} lässt sich nicht lesen.</translation>
    </message>
    <message>
        <source>Check that you may open it.</source>
        <translation>Prüfe, ob du sie öffnen darfst.</translation>
    </message>
    <message>
        <source>The vault is damaged: bytes of it were changed or lost.</source>
        <translation>Der Tresor ist beschädigt: Bytes darin wurden verändert oder gingen verloren.</translation>
    </message>
    <message>
        <source>Restore a backup.</source>
        <translation>Stelle eine Sicherung wieder her.</translation>
    </message>
    <message>
        <source>This vault needs its passphrase.</source>
        <translation>Dieser Tresor braucht seine Passphrase.</translation>
    </message>
    <message>
        <source>This vault&apos;s key is in the system&apos;s keyring, which cannot be reached from here.</source>
        <translation>Der Schlüssel dieses Tresors liegt im Schlüsselbund des Systems, der von hier aus nicht zu erreichen ist.</translation>
    </message>
    <message>
        <source>Try again, or use the recovery kit.</source>
        <translation>Versuche es noch einmal, oder nimm die Notfallkarte.</translation>
    </message>
    <message>
        <source>{0} cannot be read.</source>
        <translation>{0} lässt sich nicht lesen.</translation>
    </message>
    <message>
        <source>Check the file and its permissions.</source>
        <translation>Prüfe die Datei und ihre Rechte.</translation>
    </message>
    <message>
        <source>{0} is empty.</source>
        <translation>{0} ist leer.</translation>
    </message>
    <message>
        <source>Give a file with a picture.</source>
        <translation>Gib eine Datei mit einem Bild.</translation>
    </message>
    <message>
        <source>Record it again.</source>
        <translation>Nimm sie noch einmal auf.</translation>
    </message>
    <message>
        <source>{0} has no sound in it.</source>
        <translation>{0} enthält keinen Ton.</translation>
    </message>
    <message>
        <source>{0} is not a sound file that MIA can read.</source>
        <translation>{0} ist keine Tondatei, die MIA lesen kann.</translation>
    </message>
    <message>
        <source>Use WAV, FLAC, OGG or MP3.</source>
        <translation>Nimm WAV, FLAC, OGG oder MP3.</translation>
    </message>
    <message>
        <source>{0} holds values that are not numbers.</source>
        <translation>{0} enthält Werte, die keine Zahlen sind.</translation>
    </message>
    <message>
        <source>Export it again.</source>
        <translation>Exportiere sie noch einmal.</translation>
    </message>
    <message>
        <source>{0} is longer than {1} minutes.</source>
        <translation>{0} ist länger als {1} Minuten.</translation>
    </message>
    <message>
        <source>Cut it into pieces.</source>
        <translation>Zerlege sie in Stücke.</translation>
    </message>
    <message>
        <source>{0} is damaged.</source>
        <translation>{0} ist beschädigt.</translation>
    </message>
    <message>
        <source>{0} is damaged or cut off.</source>
        <translation>{0} ist beschädigt oder abgeschnitten.</translation>
    </message>
    <message>
        <source>{0} is a damaged PDF file.</source>
        <translation>{0} ist eine beschädigte PDF-Datei.</translation>
    </message>
    <message>
        <source>{0} has a damaged page.</source>
        <translation>{0} hat eine beschädigte Seite.</translation>
    </message>
    <message>
        <source>Make or fetch it again.</source>
        <translation>Erstelle oder hole die Datei noch einmal.</translation>
    </message>
    <message>
        <source>{0} cannot be opened: it is damaged or made to do harm.</source>
        <translation>{0} lässt sich nicht öffnen: Die Datei ist beschädigt oder soll Schaden anrichten.</translation>
    </message>
    <message>
        <source>{0} takes too long to open.</source>
        <translation>{0} zu öffnen dauert zu lange.</translation>
    </message>
    <message>
        <source>Scale it down or save it anew.</source>
        <translation>Verkleinere das Bild, oder speichere es neu.</translation>
    </message>
    <message>
        <source>{0} needs too much memory.</source>
        <translation>{0} braucht zu viel Arbeitsspeicher.</translation>
    </message>
    <message>
        <source>{0} is larger than {1} MB.</source>
        <translation>{0} ist größer als {1} MB.</translation>
    </message>
    <message>
        <source>{0} is too large: {1} x {2} pixels.</source>
        <translation>{0} ist zu groß: {1} x {2} Pixel.</translation>
    </message>
    <message>
        <source>Scale it down to {0} megapixels.</source>
        <translation>Verkleinere das Bild auf {0} Megapixel.</translation>
    </message>
    <message>
        <source>Scale it down.</source>
        <translation>Verkleinere das Bild.</translation>
    </message>
    <message>
        <source>That is too long to remember in one piece.</source>
        <translation>Das ist zu lang, um es sich in einem Stück zu merken.</translation>
    </message>
    <message>
        <source>Split it into pieces of {0} characters.</source>
        <translation>Teile es in Stücke von {0} Zeichen.</translation>
    </message>
    <message>
        <source>microphone</source>
        <translation>Mikrofon</translation>
    </message>
    <message>
        <source>speaker</source>
        <translation>Lautsprecher</translation>
    </message>
    <message>
        <source>camera</source>
        <translation>Kamera</translation>
    </message>
</context>
<context>
    <name>CrashGuard</name>
    <message>
        <source>Something unforeseen happened. MIA goes on.</source>
        <translation>Etwas Unvorhergesehenes ist geschehen. MIA macht weiter.</translation>
    </message>
    <message>
        <source>If something does not work now, start MIA again; what was kept is kept. When you ask for help, quote report {id}. It holds nothing that you said or wrote.</source>
        <translation>Wenn jetzt etwas nicht funktioniert, starte MIA neu; was gespeichert wurde, bleibt gespeichert. Wenn du um Hilfe bittest, nenne den Bericht {id}. Er enthält nichts, was du gesagt oder geschrieben hast.</translation>
    </message>
</context>
<context>
    <name>Deeds</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Say it differently</source>
        <translation>Anders sagen</translation>
    </message>
    <message>
        <source>Ask this again</source>
        <translation>Noch einmal fragen</translation>
    </message>
    <message>
        <source>Delete question and answer</source>
        <translation>Frage und Antwort löschen</translation>
    </message>
    <message>
        <source>Read aloud</source>
        <translation>Vorlesen</translation>
    </message>
    <message>
        <source>Answer anew</source>
        <translation>Neu antworten</translation>
    </message>
    <message>
        <source>Answer with another model</source>
        <translation>Mit einem anderen Modell antworten</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>Warum?</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Zeiten</translation>
    </message>
</context>
<context>
    <name>DiagnosticsPage</name>
    <message>
        <source>Alerts</source>
        <translation>Warnungen</translation>
    </message>
    <message>
        <source>Copy a report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Versions, times and figures; no words, names or folders of yours</source>
        <translation>Versionen, Zeiten und Zahlen; keine Worte, Namen oder Ordner von dir</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Geräte</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Mikrofon</translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation>Lautsprecher</translation>
    </message>
    <message>
        <source>{0}: how loud it is</source>
        <translation>{0}: wie laut es ist</translation>
    </message>
    <message>
        <source>Camera: closed</source>
        <translation>Kamera: geschlossen</translation>
    </message>
    <message>
        <source>Models and what they cost</source>
        <translation>Modelle und was sie kosten</translation>
    </message>
    <message>
        <source>No model is loaded yet.</source>
        <translation>Noch ist kein Modell geladen.</translation>
    </message>
    <message>
        <source>How fast she answers</source>
        <translation>Wie schnell sie antwortet</translation>
    </message>
    <message>
        <source>From your last word, or from sending what you typed.</source>
        <translation>Von deinem letzten Wort an, oder vom Absenden des Getippten.</translation>
    </message>
    <message>
        <source>Nothing was answered yet since the window was opened.</source>
        <translation>Seit das Fenster offen ist, wurde noch nichts beantwortet.</translation>
    </message>
    <message>
        <source>What works</source>
        <translation>Was funktioniert</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>Wird geprüft</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Noch einmal prüfen</translation>
    </message>
    <message>
        <source>All is well.</source>
        <translation>Alles in Ordnung.</translation>
    </message>
    <message>
        <source>MIA uses {0} % of a core and {1} MB; the whole machine {2} % of {3} cores and {4} % of {5} GB.</source>
        <translation>MIA braucht {0} % eines Kerns und {1} MB; der ganze Rechner {2} % von {3} Kernen und {4} % von {5} GB.</translation>
    </message>
    <message>
        <source>Waiting for a stage: {0}. Samples lost: {1}.</source>
        <translation>Vor einer Stufe wartet: {0}. Verlorene Abtastwerte: {1}.</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>Voice activity</source>
        <translation>Stimmerkennung</translation>
    </message>
    <message>
        <source>Speech to text</source>
        <translation>Sprache zu Text</translation>
    </message>
    <message>
        <source>End of turn</source>
        <translation>Ende der Äußerung</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprachmodell</translation>
    </message>
    <message>
        <source>Text to speech</source>
        <translation>Text zu Sprache</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Erinnerung</translation>
    </message>
    <message>
        <source>You have finished</source>
        <translation>Du bist fertig</translation>
    </message>
    <message>
        <source>Words understood</source>
        <translation>Worte verstanden</translation>
    </message>
    <message>
        <source>Answer begun</source>
        <translation>Antwort begonnen</translation>
    </message>
    <message>
        <source>First sound</source>
        <translation>Erster Ton</translation>
    </message>
    <message>
        <source>Answer over</source>
        <translation>Antwort zu Ende</translation>
    </message>
    <message>
        <source>Of {0} answers</source>
        <translation>Von {0} Antworten</translation>
    </message>
    <message>
        <source>half within</source>
        <translation>die Hälfte in</translation>
    </message>
    <message>
        <source>95 % within</source>
        <translation>95 % in</translation>
    </message>
    <message>
        <source>The settings cannot be written. Check the disk, and who may write in MIA&apos;s folder.</source>
        <translation>Die Einstellungen lassen sich nicht schreiben. Prüfe die Platte und wer in MIAs Ordner schreiben darf.</translation>
    </message>
    <message>
        <source>{0}, in use: {1}</source>
        <translation>{0}, in Gebrauch: {1}</translation>
    </message>
    <message>
        <source>works</source>
        <translation>funktioniert</translation>
    </message>
    <message>
        <source>does not work</source>
        <translation>funktioniert nicht</translation>
    </message>
    <message>
        <source>The report is copied. It holds figures only: paste it where you ask for help.</source>
        <translation>Der Bericht ist kopiert. Er enthält nur Zahlen: füge ihn ein, wo du um Hilfe bittest.</translation>
    </message>
    <message>
        <source>Camera: open, {0}</source>
        <translation>Kamera: offen, {0}</translation>
    </message>
</context>
<context>
    <name>ErasingSection</name>
    <message>
        <source>Erase everything</source>
        <translation>Alles löschen</translation>
    </message>
    <message>
        <source>The vault, its keys, its recovery and every backup in reach are destroyed. Nobody can bring them back, and the recovery kit opens nothing any more. Models and settings stay.</source>
        <translation>Der Tresor, seine Schlüssel, seine Wiederherstellung und jede erreichbare Sicherung werden zerstört. Niemand kann sie zurückholen, und die Notfallkarte öffnet nichts mehr. Modelle und Einstellungen bleiben.</translation>
    </message>
    <message>
        <source>Type: {0}</source>
        <translation>Tippe: {0}</translation>
    </message>
    <message>
        <source>Type “{0}” to be able to erase</source>
        <translation>Tippe „{0}“, um löschen zu können</translation>
    </message>
    <message>
        <source>Everything is being erased</source>
        <translation>Alles wird gelöscht</translation>
    </message>
    <message>
        <source>The vault, its keys and its recovery are erased.</source>
        <translation>Der Tresor, seine Schlüssel und seine Wiederherstellung sind gelöscht.</translation>
    </message>
    <message>
        <source>So are {0} backups.</source>
        <translation>Ebenso {0} Sicherungen.</translation>
    </message>
    <message>
        <source>These backups could not be reached; destroy them yourself: {0}</source>
        <translation>Diese Sicherungen waren nicht erreichbar; zerstöre sie selbst: {0}</translation>
    </message>
</context>
<context>
    <name>ErrandView</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Give it up; what was fetched of it is deleted</source>
        <translation>Aufgeben; was davon geholt wurde, wird gelöscht</translation>
    </message>
    <message>
        <source>Progress of {0}</source>
        <translation>Fortschritt von {0}</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
</context>
<context>
    <name>ExportPanel</name>
    <message>
        <source>Export all memories</source>
        <translation>Alle Erinnerungen exportieren</translation>
    </message>
    <message>
        <source>Words and pictures in one file that only the passphrase opens; another MIA can take it in.</source>
        <translation>Worte und Bilder in einer Datei, die nur die Passphrase öffnet; eine andere MIA kann sie aufnehmen.</translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Readable by anybody: no passphrase, no pictures</source>
        <translation>Für alle lesbar: ohne Passphrase, ohne Bilder</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Datei wählen…</translation>
    </message>
    <message>
        <source>The export is being written</source>
        <translation>Der Export wird geschrieben</translation>
    </message>
    <message>
        <source>At least {0} letters, twice the same</source>
        <translation>Mindestens {0} Zeichen, zweimal dieselben</translation>
    </message>
    <message>
        <source>{0} memories are in {1}.</source>
        <translation>{0} Erinnerungen sind in {1}.</translation>
    </message>
    <message>
        <source>Anybody can read it.</source>
        <translation>Alle können sie lesen.</translation>
    </message>
    <message>
        <source>Keep its passphrase: without it, it is noise.</source>
        <translation>Bewahre ihre Passphrase auf: ohne sie ist sie nur Rauschen.</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find in this conversation</source>
        <translation>In diesem Gespräch suchen</translation>
    </message>
    <message>
        <source>Words to find</source>
        <translation>Gesuchte Worte</translation>
    </message>
    <message>
        <source>Enter goes to the next place, Shift+Enter to the one before, Esc closes</source>
        <translation>Eingabe führt zur nächsten Stelle, Umschalt+Eingabe zur vorigen, Esc schließt</translation>
    </message>
    <message>
        <source>The place before</source>
        <translation>Vorige Stelle</translation>
    </message>
    <message>
        <source>The next place</source>
        <translation>Nächste Stelle</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Nicht gefunden</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>Setting MIA up</source>
        <translation>MIA einrichten</translation>
    </message>
    <message>
        <source>&amp;Skip all</source>
        <translation>Alles über&amp;springen</translation>
    </message>
    <message>
        <source>Close this; the tray and the settings bring it back</source>
        <translation>Schließen; über das Symbol in der Leiste und die Einstellungen kommt es wieder</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Zurück</translation>
    </message>
    <message>
        <source>Step {0} of {1}</source>
        <translation>Schritt {0} von {1}</translation>
    </message>
    <message>
        <source>&amp;Talk to MIA</source>
        <translation>Mit &amp;MIA sprechen</translation>
    </message>
    <message>
        <source>&amp;Next</source>
        <translation>&amp;Weiter</translation>
    </message>
</context>
<context>
    <name>ForgetPanel</name>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source> min</source>
        <translation> min</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>Minuten</translation>
    </message>
    <message>
        <source>The last minutes</source>
        <translation>Die letzten Minuten</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>A day</source>
        <translation>Ein Tag</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Name of the person</source>
        <translation>Name der Person</translation>
    </message>
    <message>
        <source>A person: what they said and what names them</source>
        <translation>Eine Person: was sie gesagt hat und wo sie vorkommt</translation>
    </message>
    <message>
        <source>Everything that MIA remembers</source>
        <translation>Alles, woran MIA sich erinnert</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Forget…</source>
        <translation>Vergessen…</translation>
    </message>
    <message>
        <source>of the last {0} minutes</source>
        <translation>der letzten {0} Minuten</translation>
    </message>
    <message>
        <source>of {0}</source>
        <translation>vom {0}</translation>
    </message>
    <message>
        <source>that {0} said, and that name {0}</source>
        <translation>die {0} gesagt hat und in denen {0} vorkommt</translation>
    </message>
    <message>
        <source>that there are</source>
        <translation>die es gibt</translation>
    </message>
</context>
<context>
    <name>ForgetQuestion</name>
    <message>
        <source>Forget “{0}”, its older versions and what was made from it?</source>
        <translation>„{0}“ vergessen, samt älteren Fassungen und allem, was daraus wurde?</translation>
    </message>
    <message>
        <source>Forget it</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Forget all memories {0}? They go for good, with what was made from them.</source>
        <translation>Alle Erinnerungen vergessen, {0}? Sie verschwinden für immer, samt allem, was daraus wurde.</translation>
    </message>
    <message>
        <source>Forget them for good</source>
        <translation>Für immer vergessen</translation>
    </message>
    <message>
        <source>There are no memories {0}.</source>
        <translation>Es gibt keine Erinnerungen {0}.</translation>
    </message>
    <message>
        <source>Forget the {0} memories {1}? What was made from them goes too.</source>
        <translation>Die {0} Erinnerungen {1} vergessen? Was daraus wurde, geht mit.</translation>
    </message>
    <message>
        <source>Forget them</source>
        <translation>Vergessen</translation>
    </message>
</context>
<context>
    <name>Hotkey</name>
    <message>
        <source>&apos;{0}&apos; cannot be a talk key for the whole desktop. Use a letter, digit or Space with Ctrl, Alt or Meta, or a function key; such as Ctrl+Alt+Space.</source>
        <translation>„{0}“ kann keine Sprechtaste für den ganzen Desktop sein. Nimm einen Buchstaben, eine Ziffer oder die Leertaste mit Strg, Alt oder Meta, oder eine Funktionstaste; zum Beispiel Strg+Alt+Leertaste.</translation>
    </message>
    <message>
        <source>This screen has no keys for the whole desktop. Use the talk key in MIA&apos;s window.</source>
        <translation>Auf diesem Bildschirm gibt es keine Tasten für den ganzen Desktop. Nimm die Sprechtaste in MIAs Fenster.</translation>
    </message>
    <message>
        <source>macOS does not give this talk key. Choose another one in the settings.</source>
        <translation>macOS gibt diese Sprechtaste nicht her. Wähle in den Einstellungen eine andere.</translation>
    </message>
    <message>
        <source>A Mac has no such key. Choose another one in the settings.</source>
        <translation>Ein Mac hat keine solche Taste. Wähle in den Einstellungen eine andere.</translation>
    </message>
    <message>
        <source>macOS has no keys for the whole desktop here. Use the talk key in MIA&apos;s window.</source>
        <translation>macOS bietet hier keine Tasten für den ganzen Desktop. Nimm die Sprechtaste in MIAs Fenster.</translation>
    </message>
    <message>
        <source>Talk to MIA</source>
        <translation>Mit MIA sprechen</translation>
    </message>
    <message>
        <source>The desktop gave MIA no talk key. Set one in the desktop&apos;s settings, or use the one in MIA&apos;s window.</source>
        <translation>Der Desktop hat MIA keine Sprechtaste gegeben. Lege in den Einstellungen des Desktops eine fest, oder nimm die in MIAs Fenster.</translation>
    </message>
    <message>
        <source>This Wayland desktop offers no keys for the whole desktop. Use the talk key in MIA&apos;s window.</source>
        <translation>Dieser Wayland-Desktop bietet keine Tasten für den ganzen Desktop. Nimm die Sprechtaste in MIAs Fenster.</translation>
    </message>
    <message>
        <source>Another program uses this talk key. Choose another one in the settings.</source>
        <translation>Ein anderes Programm nutzt diese Sprechtaste. Wähle in den Einstellungen eine andere.</translation>
    </message>
    <message>
        <source>The X server gives MIA no key. Use the talk key in MIA&apos;s window.</source>
        <translation>Der X-Server gibt MIA keine Taste. Nimm die Sprechtaste in MIAs Fenster.</translation>
    </message>
</context>
<context>
    <name>ImportPanel</name>
    <message>
        <source>Take memories in</source>
        <translation>Erinnerungen aufnehmen</translation>
    </message>
    <message>
        <source>From a file that MIA exported. What is there already stays.</source>
        <translation>Aus einer Datei, die MIA exportiert hat. Was schon da ist, bleibt.</translation>
    </message>
    <message>
        <source>Take in</source>
        <translation>Aufnehmen</translation>
    </message>
    <message>
        <source>Memories are being taken in</source>
        <translation>Erinnerungen werden aufgenommen</translation>
    </message>
    <message>
        <source>Take memories in from {0}</source>
        <translation>Erinnerungen aus {0} aufnehmen</translation>
    </message>
    <message>
        <source>{0} memories were added.</source>
        <translation>{0} Erinnerungen kamen hinzu.</translation>
    </message>
</context>
<context>
    <name>KeepingNotice</name>
    <message>
        <source>The vault&apos;s disk is full or failing.</source>
        <translation>Die Platte des Tresors ist voll oder gestört.</translation>
    </message>
    <message>
        <source>{0} What you say waits until it can be written; it is lost when MIA ends before.</source>
        <translation>{0} Was du sagst, wartet, bis es geschrieben werden kann; es geht verloren, wenn MIA vorher endet.</translation>
    </message>
    <message>
        <source>Make room</source>
        <translation>Platz schaffen</translation>
    </message>
    <message>
        <source>What you said is kept again.</source>
        <translation>Was du gesagt hast, ist jetzt gespeichert.</translation>
    </message>
    <message>
        <source>The vault was locked before all was written: {0} of your turns are lost.</source>
        <translation>Der Tresor wurde gesperrt, ehe alles geschrieben war: {0} deiner Wortwechsel sind verloren.</translation>
    </message>
</context>
<context>
    <name>LoadingNotice</name>
    <message>
        <source>Loading {0}, which answers this once…</source>
        <translation>{0} wird geladen und antwortet dieses eine Mal…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>LockedVault</name>
    <message>
        <source>The vault is locked</source>
        <translation>Der Tresor ist gesperrt</translation>
    </message>
    <message>
        <source>Nothing is recalled, and nothing of what you say now is kept.</source>
        <translation>MIA erinnert sich an nichts, und nichts von dem, was du jetzt sagst, wird behalten.</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Entsperren</translation>
    </message>
    <message>
        <source>The vault is being opened</source>
        <translation>Der Tresor wird geöffnet</translation>
    </message>
    <message>
        <source>Use the recovery kit…</source>
        <translation>Notfallkarte benutzen…</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Jetzt nicht</translation>
    </message>
    <message>
        <source>Recovery code: 14 groups of four</source>
        <translation>Notfallcode: 14 Vierergruppen</translation>
    </message>
    <message>
        <source>Recovery code</source>
        <translation>Notfallcode</translation>
    </message>
    <message>
        <source>New passphrase</source>
        <translation>Neue Passphrase</translation>
    </message>
    <message>
        <source>New passphrase, once more</source>
        <translation>Neue Passphrase, noch einmal</translation>
    </message>
    <message>
        <source>Open with the kit</source>
        <translation>Mit der Notfallkarte öffnen</translation>
    </message>
    <message>
        <source>The kit opens the vault and gives it a new passphrase. It stays good.</source>
        <translation>Die Karte öffnet den Tresor und gibt ihm eine neue Passphrase. Sie bleibt gültig.</translation>
    </message>
    <message>
        <source>The two passphrases are not the same. Type them once more.</source>
        <translation>Die beiden Passphrasen sind nicht gleich. Tippe sie noch einmal.</translation>
    </message>
</context>
<context>
    <name>MemoryPage</name>
    <message>
        <source>Memories</source>
        <translation>Erinnerungen</translation>
    </message>
    <message>
        <source>Ask what MIA remembers</source>
        <translation>Frag, woran MIA sich erinnert</translation>
    </message>
    <message>
        <source>Search memories</source>
        <translation>Erinnerungen suchen</translation>
    </message>
    <message>
        <source>Which memories</source>
        <translation>Welche Erinnerungen</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>Fakten</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>Gespräche</translation>
    </message>
    <message>
        <source>Waiting for you</source>
        <translation>Warten auf dich</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>Hinzufügen…</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>More for memories</source>
        <translation>Mehr für Erinnerungen</translation>
    </message>
    <message>
        <source>Forget, export, take in, lock</source>
        <translation>Vergessen, exportieren, aufnehmen, sperren</translation>
    </message>
    <message>
        <source>Forget…</source>
        <translation>Vergessen…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Take in…</source>
        <translation>Aufnehmen…</translation>
    </message>
    <message>
        <source>Lock the vault</source>
        <translation>Den Tresor sperren</translation>
    </message>
    <message>
        <source>Nothing comes to mind.</source>
        <translation>Dazu fällt ihr nichts ein.</translation>
    </message>
    <message>
        <source>There is nothing here yet. Talk with MIA, or add a fact.</source>
        <translation>Hier ist noch nichts. Sprich mit MIA oder füge einen Fakt hinzu.</translation>
    </message>
    <message>
        <source>This vault is older than the one last seen here, or was exchanged: {0}. It can only be read.</source>
        <translation>Dieser Tresor ist älter als der zuletzt gesehene oder wurde ausgetauscht: {0}. Er kann nur gelesen werden.</translation>
    </message>
    <message>
        <source>Take it for good</source>
        <translation>Als richtig annehmen</translation>
    </message>
</context>
<context>
    <name>MemoryWords</name>
    <message>
        <source>Fact</source>
        <translation>Fakt</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Regel</translation>
    </message>
    <message>
        <source>Somebody</source>
        <translation>Jemand</translation>
    </message>
    <message>
        <source>spoken</source>
        <translation>gesprochen</translation>
    </message>
    <message>
        <source>from a picture</source>
        <translation>aus einem Bild</translation>
    </message>
    <message>
        <source>from a document</source>
        <translation>aus einem Dokument</translation>
    </message>
    <message>
        <source>from the screen</source>
        <translation>vom Bildschirm</translation>
    </message>
    <message>
        <source>taken in</source>
        <translation>aufgenommen</translation>
    </message>
    <message>
        <source>waits for your word</source>
        <translation>wartet auf dein Wort</translation>
    </message>
    <message>
        <source>held until {0}</source>
        <translation>galt bis {0}</translation>
    </message>
    <message>
        <source>told {0} times</source>
        <translation>{0}-mal gesagt</translation>
    </message>
    <message>
        <source>goes on {0}</source>
        <translation>wird am {0} vergessen</translation>
    </message>
    <message>
        <source>{0} memories: {1} of conversations, {2} facts, {3} rules</source>
        <translation>Erinnerungen: {0}; aus Gesprächen: {1}, Fakten: {2}, Regeln: {3}</translation>
    </message>
    <message>
        <source>; waiting for your word: {0}</source>
        <translation>; warten auf dein Wort: {0}</translation>
    </message>
    <message>
        <source>; older versions: {0}</source>
        <translation>; ältere Fassungen: {0}</translation>
    </message>
    <message>
        <source>Remembered.</source>
        <translation>Gemerkt.</translation>
    </message>
    <message>
        <source>Changed. The old words stay for questions about that time.</source>
        <translation>Geändert. Die alten Worte bleiben für Fragen nach jener Zeit.</translation>
    </message>
    <message>
        <source>Taken back.</source>
        <translation>Zurückgenommen.</translation>
    </message>
    <message>
        <source>MIA will use it.</source>
        <translation>MIA wird sie nutzen.</translation>
    </message>
    <message>
        <source>There was nothing of that.</source>
        <translation>Davon gab es nichts.</translation>
    </message>
    <message>
        <source>{0} forgotten. For a minute it can be taken back.</source>
        <translation>{0} vergessen. Eine Minute lang lässt es sich zurücknehmen.</translation>
    </message>
    <message>
        <source>{0} forgotten for good.</source>
        <translation>{0} für immer vergessen.</translation>
    </message>
</context>
<context>
    <name>ModelRow</name>
    <message>
        <source>Best for this machine</source>
        <translation>Am besten für diesen Rechner</translation>
    </message>
    <message>
        <source>Check every byte</source>
        <translation>Jedes Byte prüfen</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen…</translation>
    </message>
    <message>
        <source>Fetch again</source>
        <translation>Neu holen</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>Holen</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Use this</source>
        <translation>Dieses nutzen</translation>
    </message>
    <message>
        <source>More about {0}</source>
        <translation>Mehr zu {0}</translation>
    </message>
    <message>
        <source>Check or remove it</source>
        <translation>Prüfen oder entfernen</translation>
    </message>
</context>
<context>
    <name>ModelWords</name>
    <message>
        <source>Thinking and answering</source>
        <translation>Denken und antworten</translation>
    </message>
    <message>
        <source>Hearing</source>
        <translation>Hören</translation>
    </message>
    <message>
        <source>Speaking</source>
        <translation>Sprechen</translation>
    </message>
    <message>
        <source>Knowing when you have finished</source>
        <translation>Wissen, wann du fertig bist</translation>
    </message>
    <message>
        <source>Finding memories</source>
        <translation>Erinnerungen finden</translation>
    </message>
    <message>
        <source>Seeing</source>
        <translation>Sehen</translation>
    </message>
    <message>
        <source>Noticing faces</source>
        <translation>Gesichter bemerken</translation>
    </message>
    <message>
        <source>Writes the answers. Larger ones know more and are slower.</source>
        <translation>Schreibt die Antworten. Größere wissen mehr und sind langsamer.</translation>
    </message>
    <message>
        <source>Turns what you say into text.</source>
        <translation>Macht aus dem, was du sagst, Text.</translation>
    </message>
    <message>
        <source>The voice that you hear.</source>
        <translation>Die Stimme, die du hörst.</translation>
    </message>
    <message>
        <source>Hears in hands-free talk whether you only pause. Without it silence decides.</source>
        <translation>Hört beim freihändigen Sprechen, ob du nur eine Pause machst. Ohne dieses Modell entscheidet die Stille.</translation>
    </message>
    <message>
        <source>Gives memories their meaning. After a change they are taken up anew, at rest.</source>
        <translation>Gibt Erinnerungen ihre Bedeutung. Nach einem Wechsel werden sie neu erfasst, sobald MIA nichts zu tun hat.</translation>
    </message>
    <message>
        <source>Tells what a picture shows. The best one that is here is used.</source>
        <translation>Sagt, was ein Bild zeigt. Genutzt wird das beste, das hier ist.</translation>
    </message>
    <message>
        <source>Sees that there is a face, not whose it is. The best one that is here is used.</source>
        <translation>Sieht, dass da ein Gesicht ist, nicht wessen. Genutzt wird das beste, das hier ist.</translation>
    </message>
    <message>
        <source>Without it MIA cannot answer until you choose another one.</source>
        <translation>Ohne dieses Modell kann MIA nicht antworten, bis du ein anderes wählst.</translation>
    </message>
    <message>
        <source>Without it MIA cannot hear what you say until you choose another one.</source>
        <translation>Ohne dieses Modell kann MIA dich nicht hören, bis du ein anderes wählst.</translation>
    </message>
    <message>
        <source>Without it MIA cannot speak until you choose another one.</source>
        <translation>Ohne diese Stimme kann MIA nicht sprechen, bis du eine andere wählst.</translation>
    </message>
    <message>
        <source>Without it MIA does not start until you fetch it again.</source>
        <translation>Ohne dieses Modell startet MIA nicht, bis du es wieder holst.</translation>
    </message>
    <message>
        <source>Without it MIA cannot find memories by their meaning.</source>
        <translation>Ohne dieses Modell kann MIA Erinnerungen nicht nach ihrer Bedeutung finden.</translation>
    </message>
    <message>
        <source>Without it MIA tells less of what a picture shows.</source>
        <translation>Ohne dieses Modell sagt MIA weniger darüber, was ein Bild zeigt.</translation>
    </message>
    <message>
        <source>Without it MIA no longer notices faces.</source>
        <translation>Ohne dieses Modell bemerkt MIA keine Gesichter mehr.</translation>
    </message>
    <message>
        <source>licence unknown</source>
        <translation>Lizenz unbekannt</translation>
    </message>
    <message>
        <source>many languages</source>
        <translation>viele Sprachen</translation>
    </message>
    <message>
        <source>{0} and {1} more</source>
        <translation>{0} und {1} weitere</translation>
    </message>
    <message>
        <source>Too large: it needs {0} of memory, and this machine has {1} for everything.</source>
        <translation>Zu groß: es braucht {0} Arbeitsspeicher, und dieser Rechner hat {1} für alles.</translation>
    </message>
    <message>
        <source>Suits this machine; needs {0}, which the {1} has.</source>
        <translation>Passt zu diesem Rechner; braucht {0}, die in die {1} passen.</translation>
    </message>
    <message>
        <source>Slow on this machine with its {1} processor cores and no GPU; needs {0} of memory.</source>
        <translation>Langsam auf diesem Rechner mit seinen {1} Prozessorkernen und ohne GPU; braucht {0} Arbeitsspeicher.</translation>
    </message>
    <message>
        <source>Suits this machine; needs {0} of memory.</source>
        <translation>Passt zu diesem Rechner; braucht {0} Arbeitsspeicher.</translation>
    </message>
    <message>
        <source>It needs MIA&apos;s optional part {0}, which is not installed.</source>
        <translation>Es braucht MIAs Zusatzteil {0}, das nicht installiert ist.</translation>
    </message>
    <message>
        <source>Nobody has tried it with this version of MIA yet.</source>
        <translation>Mit dieser Version von MIA hat es noch niemand versucht.</translation>
    </message>
    <message>
        <source>quick, on the graphics processor</source>
        <translation>schnell, auf dem Grafikprozessor</translation>
    </message>
    <message>
        <source>slow here</source>
        <translation>hier langsam</translation>
    </message>
    <message>
        <source>quick</source>
        <translation>schnell</translation>
    </message>
    <message>
        <source>writes faster than you read</source>
        <translation>schreibt schneller, als du liest</translation>
    </message>
    <message>
        <source>writes as fast as you read</source>
        <translation>schreibt so schnell, wie du liest</translation>
    </message>
    <message>
        <source>writes slowly</source>
        <translation>schreibt langsam</translation>
    </message>
    <message>
        <source>the {0}</source>
        <translation>{0}</translation>
    </message>
    <message>
        <source>no graphics processor for models</source>
        <translation>kein Grafikprozessor für Modelle</translation>
    </message>
    <message>
        <source>{0} of memory, {1} processor cores, {2}.</source>
        <translation>{0} Arbeitsspeicher, {1} Prozessorkerne, {2}.</translation>
    </message>
    <message>
        <source>{0} of models are here; {1} of the disk are free.</source>
        <translation>{0} an Modellen sind hier; {1} auf der Platte sind frei.</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>Beschädigt</translation>
    </message>
    <message>
        <source>{0} of it are here</source>
        <translation>{0} davon sind hier</translation>
    </message>
    <message>
        <source>Not here</source>
        <translation>Nicht hier</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>In Gebrauch</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>Hier</translation>
    </message>
    <message>
        <source>Waits for its turn</source>
        <translation>Wartet, bis es an der Reihe ist</translation>
    </message>
    <message>
        <source>: {0} of {1}</source>
        <translation>: {0} von {1}</translation>
    </message>
    <message>
        <source>{0}/s</source>
        <translation>{0}/s</translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation>noch weniger als eine Minute</translation>
    </message>
    <message>
        <source>{0} min left</source>
        <translation>noch {0} min</translation>
    </message>
    <message>
        <source>{0} h {1} min left</source>
        <translation>noch {0} h {1} min</translation>
    </message>
    <message>
        <source>Arabic</source>
        <translation>Arabisch</translation>
    </message>
    <message>
        <source>German</source>
        <translation>Deutsch</translation>
    </message>
    <message>
        <source>English</source>
        <translation>Englisch</translation>
    </message>
    <message>
        <source>Spanish</source>
        <translation>Spanisch</translation>
    </message>
    <message>
        <source>French</source>
        <translation>Französisch</translation>
    </message>
    <message>
        <source>Italian</source>
        <translation>Italienisch</translation>
    </message>
    <message>
        <source>Japanese</source>
        <translation>Japanisch</translation>
    </message>
    <message>
        <source>Korean</source>
        <translation>Koreanisch</translation>
    </message>
    <message>
        <source>Portuguese</source>
        <translation>Portugiesisch</translation>
    </message>
    <message>
        <source>Russian</source>
        <translation>Russisch</translation>
    </message>
    <message>
        <source>Thai</source>
        <translation>Thailändisch</translation>
    </message>
    <message>
        <source>Vietnamese</source>
        <translation>Vietnamesisch</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>Chinesisch</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Removing</source>
        <translation>Wird entfernt</translation>
    </message>
    <message>
        <source>Begins</source>
        <translation>Beginnt</translation>
    </message>
    <message>
        <source>Waits for another MIA</source>
        <translation>Wartet auf eine andere MIA</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>Wird geprüft</translation>
    </message>
    <message>
        <source>Putting together</source>
        <translation>Wird zusammengesetzt</translation>
    </message>
    <message>
        <source>Fetching</source>
        <translation>Wird geholt</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>This machine</source>
        <translation>Dieser Rechner</translation>
    </message>
    <message>
        <source>Check all</source>
        <translation>Alle prüfen</translation>
    </message>
    <message>
        <source>Read every byte of the models that are here</source>
        <translation>Jedes Byte der Modelle lesen, die hier sind</translation>
    </message>
    <message>
        <source>Add your own</source>
        <translation>Eigenes hinzufügen</translation>
    </message>
    <message>
        <source>A language model or a voice…</source>
        <translation>Ein Sprachmodell oder eine Stimme…</translation>
    </message>
    <message>
        <source>A folder with a Whisper or CLIP…</source>
        <translation>Ein Ordner mit einem Whisper oder CLIP…</translation>
    </message>
    <message>
        <source>A GGUF file, a Piper voice or a folder of a Whisper; you can also drop it here</source>
        <translation>Eine GGUF-Datei, eine Piper-Stimme oder ein Ordner mit einem Whisper-Modell; du kannst sie auch hier ablegen</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Wird nachgesehen…</translation>
    </message>
    <message>
        <source>MIA reaches the network only while she fetches a model, and only when you click on one of these buttons. Everything is checked before it is used, and works without a network then.</source>
        <translation>MIA nutzt das Netz nur, während sie ein Modell holt, und nur, wenn du auf einen dieser Knöpfe klickst. Alles wird geprüft, bevor es genutzt wird, und funktioniert dann ohne Netz.</translation>
    </message>
    <message>
        <source>Fetch what suits this machine ({0})</source>
        <translation>Holen, was zu diesem Rechner passt ({0})</translation>
    </message>
    <message>
        <source>Forget {0}?</source>
        <translation>{0} vergessen?</translation>
    </message>
    <message>
        <source>Your own files in {0} stay.</source>
        <translation>Deine eigenen Dateien in {0} bleiben.</translation>
    </message>
    <message>
        <source>Remove {0}?</source>
        <translation>{0} entfernen?</translation>
    </message>
    <message>
        <source>{0} of disk become free. You can fetch it again.</source>
        <translation>{0} auf der Platte werden frei. Du kannst es wieder holen.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>{0} was added; it is used where it lies.</source>
        <translation>{0} ist hinzugefügt; es wird dort genutzt, wo es liegt.</translation>
    </message>
    <message>
        <source>Language models and voices</source>
        <translation>Sprachmodelle und Stimmen</translation>
    </message>
    <message>
        <source>Add a model</source>
        <translation>Ein Modell hinzufügen</translation>
    </message>
</context>
<context>
    <name>ModelsStep</name>
    <message>
        <source>The models</source>
        <translation>Die Modelle</translation>
    </message>
    <message>
        <source>MIA thinks with models: files that are fetched once, and work without a network then. Nothing is fetched before you click.</source>
        <translation>MIA denkt mit Modellen: Dateien, die einmal geholt werden und dann ohne Netz funktionieren. Nichts wird geholt, bevor du klickst.</translation>
    </message>
    <message>
        <source>Looking at this machine…</source>
        <translation>Der Rechner wird untersucht…</translation>
    </message>
    <message>
        <source>The best for this machine: {0} to fetch</source>
        <translation>Das Beste für diesen Rechner: {0} zu holen</translation>
    </message>
    <message>
        <source>A small set to begin with: {0} to fetch</source>
        <translation>Ein kleiner Satz für den Anfang: {0} zu holen</translation>
    </message>
    <message>
        <source>✓ All of them are here. Nothing has to be fetched.</source>
        <translation>✓ Alle sind hier. Nichts muss geholt werden.</translation>
    </message>
    <message>
        <source>{0} are to be fetched, {1} of the disk are free. You can go on meanwhile, or without.</source>
        <translation>{0} sind zu holen, {1} auf der Platte sind frei. Du kannst inzwischen weitermachen, auch ohne die Modelle.</translation>
    </message>
    <message>
        <source>&amp;Fetch them ({0})</source>
        <translation>&amp;Holen ({0})</translation>
    </message>
    <message>
        <source>✓ Here</source>
        <translation>✓ Hier</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Notice</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Dismiss the notice</source>
        <translation>Hinweis ausblenden</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
</context>
<context>
    <name>Notifications</name>
    <message>
        <source>MIA has answered</source>
        <translation>MIA hat geantwortet</translation>
    </message>
    <message>
        <source>MIA could not answer</source>
        <translation>MIA konnte nicht antworten</translation>
    </message>
    <message>
        <source>Her window says why.</source>
        <translation>In ihrem Fenster steht, warum.</translation>
    </message>
    <message>
        <source>The microphone is gone</source>
        <translation>Das Mikrofon ist weg</translation>
    </message>
    <message>
        <source>MIA hears nothing until it is back.</source>
        <translation>MIA hört nichts, bis es wieder da ist.</translation>
    </message>
    <message>
        <source>The speaker is gone</source>
        <translation>Der Lautsprecher ist weg</translation>
    </message>
    <message>
        <source>MIA answers in writing until it is back.</source>
        <translation>MIA antwortet schriftlich, bis er wieder da ist.</translation>
    </message>
    <message>
        <source>MIA cannot write down what you say</source>
        <translation>MIA kann nicht aufschreiben, was du sagst</translation>
    </message>
    <message>
        <source>A part of MIA has stopped</source>
        <translation>Ein Teil von MIA ist stehen geblieben</translation>
    </message>
    <message>
        <source>Her window offers to start it again.</source>
        <translation>Ihr Fenster bietet an, ihn neu zu starten.</translation>
    </message>
</context>
<context>
    <name>PictureView</name>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Copy the text in it</source>
        <translation>Den Text darin kopieren</translation>
    </message>
    <message>
        <source>Copy the picture</source>
        <translation>Das Bild kopieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Copy what MIA read in the picture</source>
        <translation>Kopieren, was MIA im Bild gelesen hat</translation>
    </message>
    <message>
        <source>Copy the picture itself</source>
        <translation>Das Bild selbst kopieren</translation>
    </message>
    <message>
        <source>Back to the conversation (Esc)</source>
        <translation>Zurück zum Gespräch (Esc)</translation>
    </message>
    <message>
        <source>Picture {0}</source>
        <translation>Bild {0}</translation>
    </message>
</context>
<context>
    <name>PrivacyPage</name>
    <message>
        <source>Nothing leaves this computer</source>
        <translation>Nichts verlässt diesen Rechner</translation>
    </message>
    <message>
        <source>MIA hears, sees, thinks and speaks on this machine. The network is used for one thing only: to fetch a model when you ask for it on the Models page. There is no account and no telemetry.</source>
        <translation>MIA hört, sieht, denkt und spricht auf diesem Rechner. Das Netz dient nur einem Zweck: ein Modell zu holen, wenn du es auf der Seite Modelle verlangst. Es gibt kein Konto und keine Telemetrie.</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>All that MIA keeps lies in one folder</source>
        <translation>Alles, was MIA behält, liegt in einem Ordner</translation>
    </message>
    <message>
        <source>The folder cannot be shown here. It is {0}</source>
        <translation>Der Ordner lässt sich hier nicht zeigen. Es ist {0}</translation>
    </message>
    <message>
        <source>This conversation</source>
        <translation>Dieses Gespräch</translation>
    </message>
    <message>
        <source>Keep nothing from now on</source>
        <translation>Ab jetzt nichts behalten</translation>
    </message>
    <message>
        <source>Make or open the vault…</source>
        <translation>Den Tresor anlegen oder öffnen…</translation>
    </message>
    <message>
        <source>You are a guest: nothing of what you say is kept, and it is gone when MIA is closed.</source>
        <translation>Du bist Gast: nichts von dem, was du sagst, wird behalten, und es ist fort, wenn MIA geschlossen wird.</translation>
    </message>
    <message>
        <source>What you allow below is kept, encrypted, in your vault. As a guest nothing is kept.</source>
        <translation>Was du unten erlaubst, wird verschlüsselt in deinem Tresor behalten. Als Gast wird nichts behalten.</translation>
    </message>
    <message>
        <source>Take it along</source>
        <translation>Mitnehmen</translation>
    </message>
    <message>
        <source>Export everything…</source>
        <translation>Alles exportieren…</translation>
    </message>
    <message>
        <source>All memories and their pictures, in a file that a passphrase opens</source>
        <translation>Alle Erinnerungen und ihre Bilder, in einer Datei, die eine Passphrase öffnet</translation>
    </message>
</context>
<context>
    <name>Question</name>
    <message>
        <source>Leave it</source>
        <translation>So lassen</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
</context>
<context>
    <name>RetentionSection</name>
    <message>
        <source>How long it is kept</source>
        <translation>Wie lange es behalten wird</translation>
    </message>
    <message>
        <source>What is older is forgotten by itself, for good, backups included.</source>
        <translation>Was älter ist, wird von selbst vergessen, für immer, auch in Sicherungen.</translation>
    </message>
    <message>
        <source>Until I forget it</source>
        <translation>Bis ich es vergesse</translation>
    </message>
    <message>
        <source>A year</source>
        <translation>Ein Jahr</translation>
    </message>
    <message>
        <source>90 days</source>
        <translation>90 Tage</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 Tage</translation>
    </message>
    <message>
        <source>A week</source>
        <translation>Eine Woche</translation>
    </message>
    <message>
        <source>A day</source>
        <translation>Ein Tag</translation>
    </message>
    <message>
        <source>What you said</source>
        <translation>Was du gesagt hast</translation>
    </message>
    <message>
        <source>What you typed</source>
        <translation>Was du getippt hast</translation>
    </message>
    <message>
        <source>What was found in pictures</source>
        <translation>Was in Bildern gefunden wurde</translation>
    </message>
    <message>
        <source>What was found in documents</source>
        <translation>Was in Dokumenten gefunden wurde</translation>
    </message>
    <message>
        <source>What was seen on the screen</source>
        <translation>Was auf dem Bildschirm zu sehen war</translation>
    </message>
    <message>
        <source>What MIA answered</source>
        <translation>Was MIA geantwortet hat</translation>
    </message>
    <message>
        <source>What was taken in from files</source>
        <translation>Was aus Dateien aufgenommen wurde</translation>
    </message>
    <message>
        <source>{0} memories are older than that and go at once, for good.</source>
        <translation>{0} Erinnerungen sind älter und verschwinden sofort, für immer.</translation>
    </message>
    <message>
        <source>Forget them</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>{0} forgotten for good.</source>
        <translation>{0} für immer vergessen.</translation>
    </message>
</context>
<context>
    <name>Setting</name>
    <message>
        <source>Hearing</source>
        <translation>Hören</translation>
    </message>
    <message>
        <source>Seeing</source>
        <translation>Sehen</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Erinnerung</translation>
    </message>
    <message>
        <source>Vault</source>
        <translation>Tresor</translation>
    </message>
    <message>
        <source>Answering</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <source>This machine</source>
        <translation>Dieser Rechner</translation>
    </message>
    <message>
        <source>Speaking</source>
        <translation>Sprechen</translation>
    </message>
    <message>
        <source>Desktop</source>
        <translation>Desktop</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Mikrofon</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Spoken language</source>
        <translation>Gesprochene Sprache</translation>
    </message>
    <message>
        <source>Hands-free</source>
        <translation>Freihändig</translation>
    </message>
    <message>
        <source>Sureness of the voice detector</source>
        <translation>Schwelle der Stimmerkennung</translation>
    </message>
    <message>
        <source>Shortest speech</source>
        <translation>Kürzeste Äußerung</translation>
    </message>
    <message>
        <source>Pause to think about</source>
        <translation>Pause zum Nachdenken</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>Geduld</translation>
    </message>
    <message>
        <source>End-of-turn model</source>
        <translation>Modell für das Ende der Äußerung</translation>
    </message>
    <message>
        <source>Silence without that model</source>
        <translation>Stille ohne dieses Modell</translation>
    </message>
    <message>
        <source>Echo cancelling</source>
        <translation>Echounterdrückung</translation>
    </message>
    <message>
        <source>Wake word</source>
        <translation>Weckwort</translation>
    </message>
    <message>
        <source>Longest turn</source>
        <translation>Längste Äußerung</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Dein Name</translation>
    </message>
    <message>
        <source>Memories for an answer</source>
        <translation>Erinnerungen für eine Antwort</translation>
    </message>
    <message>
        <source>Embedding model</source>
        <translation>Bedeutungsmodell</translation>
    </message>
    <message>
        <source>How meaning is compared</source>
        <translation>Wie Bedeutung verglichen wird</translation>
    </message>
    <message>
        <source>Say when it was told</source>
        <translation>Sagen, wann es gesagt wurde</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Lock after silence</source>
        <translation>Bei langer Stille sperren</translation>
    </message>
    <message>
        <source>Lock when the machine sleeps</source>
        <translation>Sperren, wenn der Rechner schläft</translation>
    </message>
    <message>
        <source>Length of the conversation</source>
        <translation>Länge des Gesprächs</translation>
    </message>
    <message>
        <source>Length of an answer</source>
        <translation>Länge einer Antwort</translation>
    </message>
    <message>
        <source>Freedom of words</source>
        <translation>Freiheit der Wortwahl</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>Graphics processor</source>
        <translation>Grafikprozessor</translation>
    </message>
    <message>
        <source>Processor threads</source>
        <translation>Prozessor-Threads</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>Stimme</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Lautstärke</translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation>Lautsprecher</translation>
    </message>
    <message>
        <source>Tray</source>
        <translation>Symbol in der Leiste</translation>
    </message>
    <message>
        <source>Closing leaves MIA in the tray</source>
        <translation>Schließen lässt MIA in der Leiste</translation>
    </message>
    <message>
        <source>Talk key of the desktop</source>
        <translation>Sprechtaste des Desktops</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Benachrichtigungen</translation>
    </message>
    <message>
        <source>Words in notifications</source>
        <translation>Text in Benachrichtigungen</translation>
    </message>
    <message>
        <source>Keep the window&apos;s place</source>
        <translation>Platz des Fensters behalten</translation>
    </message>
    <message>
        <source>List of conversations</source>
        <translation>Liste der Gespräche</translation>
    </message>
    <message>
        <source>Language of the window</source>
        <translation>Sprache des Fensters</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Hoher Kontrast</translation>
    </message>
    <message>
        <source>Less motion</source>
        <translation>Weniger Bewegung</translation>
    </message>
    <message>
        <source>Set-up assistant seen</source>
        <translation>Einrichtung gesehen</translation>
    </message>
    <message>
        <source>Name of the microphone; empty: the system&apos;s default.</source>
        <translation>Name des Mikrofons; leer: das Standardmikrofon des Systems.</translation>
    </message>
    <message>
        <source>Model that turns speech into text.</source>
        <translation>Modell, das Gesprochenes in Text verwandelt.</translation>
    </message>
    <message>
        <source>Language that is spoken (ISO 639-1), or &apos;auto&apos; to find out each time.</source>
        <translation>Sprache, die gesprochen wird (ISO 639-1), oder &apos;auto&apos;, um es jedes Mal herauszufinden.</translation>
    </message>
    <message>
        <source>Listen all the time instead of by the talk key.</source>
        <translation>Ständig zuhören statt nur bei gehaltener Sprechtaste.</translation>
    </message>
    <message>
        <source>How sure the voice detector must be.</source>
        <translation>Wie sicher die Stimmerkennung sein muss.</translation>
    </message>
    <message>
        <source>Speech shorter than this opens no turn.</source>
        <translation>Was kürzer ist, gilt nicht als Äußerung.</translation>
    </message>
    <message>
        <source>Silence after which MIA asks herself if you have finished.</source>
        <translation>Stille, nach der MIA sich fragt, ob du fertig bist.</translation>
    </message>
    <message>
        <source>Silence after which MIA answers anyway.</source>
        <translation>Stille, nach der MIA auf jeden Fall antwortet.</translation>
    </message>
    <message>
        <source>Model that hears whether you have finished; empty: silence decides.</source>
        <translation>Modell, das hört, ob du fertig bist; leer: die Stille entscheidet.</translation>
    </message>
    <message>
        <source>Silence that ends a hands-free turn when no end-of-turn model is there.</source>
        <translation>Stille, nach der beim freihändigen Sprechen eine Äußerung als beendet gilt, wenn das Modell dafür fehlt.</translation>
    </message>
    <message>
        <source>Take MIA&apos;s own voice out of what the microphone hears.</source>
        <translation>MIAs eigene Stimme aus dem herausrechnen, was das Mikrofon hört.</translation>
    </message>
    <message>
        <source>Name that hands-free talk must begin with, such as Mia; empty: none.</source>
        <translation>Name, mit dem freihändiges Sprechen beginnen muss, etwa Mia; leer: keiner.</translation>
    </message>
    <message>
        <source>A spoken turn is cut after this.</source>
        <translation>Danach wird eine Äußerung abgeschnitten.</translation>
    </message>
    <message>
        <source>Name of the camera; empty: the first one. A video or folder of pictures plays one.</source>
        <translation>Name der Kamera; leer: die erste. Ein Video oder ein Ordner mit Bildern spielt eine vor.</translation>
    </message>
    <message>
        <source>What MIA calls you in what she remembers.</source>
        <translation>Wie MIA dich in ihren Erinnerungen nennt.</translation>
    </message>
    <message>
        <source>How many memories MIA looks at for an answer; 0: none.</source>
        <translation>Wie viele Erinnerungen MIA für eine Antwort ansieht; 0: keine.</translation>
    </message>
    <message>
        <source>Model that gives memories their meaning; a new one is taken up at rest.</source>
        <translation>Modell, das Erinnerungen ihre Bedeutung gibt; auf ein neues wird umgestellt, sobald MIA nichts zu tun hat.</translation>
    </message>
    <message>
        <source>How meaning is compared: with every memory, or by Chroma&apos;s index once it agrees with that.</source>
        <translation>Wie Bedeutung verglichen wird: mit jeder Erinnerung, oder über Chromas Index, sobald er damit übereinstimmt.</translation>
    </message>
    <message>
        <source>Lock the vault after so long without a word; 0: never.</source>
        <translation>Den Tresor nach so langer Zeit ohne ein Wort sperren; 0: nie.</translation>
    </message>
    <message>
        <source>Lock the vault when the machine sleeps; a passphrase is asked for again after that.</source>
        <translation>Den Tresor sperren, wenn der Rechner schläft; danach wird wieder nach der Passphrase gefragt.</translation>
    </message>
    <message>
        <source>Answers say when you told MIA what they rest on.</source>
        <translation>Antworten sagen, wann du MIA erzählt hast, worauf sie beruhen.</translation>
    </message>
    <message>
        <source>Model that answers.</source>
        <translation>Modell, das antwortet.</translation>
    </message>
    <message>
        <source>How much conversation the model sees.</source>
        <translation>Wie viel vom Gespräch das Modell sieht.</translation>
    </message>
    <message>
        <source>Longest answer.</source>
        <translation>Längste Antwort.</translation>
    </message>
    <message>
        <source>How freely words are chosen; 0 is always the likeliest.</source>
        <translation>Wie frei Worte gewählt werden; 0: immer das wahrscheinlichste.</translation>
    </message>
    <message>
        <source>Seed of that choice.</source>
        <translation>Startwert dieser Wahl.</translation>
    </message>
    <message>
        <source>Layers on the GPU; -1: all that fit, 0: none.</source>
        <translation>Schichten auf der Grafikkarte; -1: alle, die passen, 0: keine.</translation>
    </message>
    <message>
        <source>Processor threads for the models; 0: one per physical core.</source>
        <translation>Prozessor-Threads für die Modelle; 0: einer für jeden physischen Kern.</translation>
    </message>
    <message>
        <source>Voice that MIA speaks with.</source>
        <translation>Stimme, mit der MIA spricht.</translation>
    </message>
    <message>
        <source>How fast MIA speaks.</source>
        <translation>Wie schnell MIA spricht.</translation>
    </message>
    <message>
        <source>How loud MIA speaks.</source>
        <translation>Wie laut MIA spricht.</translation>
    </message>
    <message>
        <source>Name of the speaker; empty: the system&apos;s default.</source>
        <translation>Name des Lautsprechers; leer: der Standardlautsprecher des Systems.</translation>
    </message>
    <message>
        <source>Show MIA&apos;s state in the system&apos;s tray.</source>
        <translation>MIAs Zustand in der Leiste des Systems zeigen.</translation>
    </message>
    <message>
        <source>Closing the window leaves MIA in the tray.</source>
        <translation>Wird das Fenster geschlossen, bleibt MIA in der Leiste.</translation>
    </message>
    <message>
        <source>Talk key that works while MIA&apos;s window is hidden; empty: none.</source>
        <translation>Sprechtaste, die auch bei verborgenem Fenster wirkt; leer: keine.</translation>
    </message>
    <message>
        <source>Tell of answers and troubles while nobody looks at the window.</source>
        <translation>Antworten und Störungen melden, während niemand auf das Fenster schaut.</translation>
    </message>
    <message>
        <source>Notifications show the answer&apos;s words, even on a locked screen.</source>
        <translation>Benachrichtigungen zeigen die Worte der Antwort, auch auf einem gesperrten Bildschirm.</translation>
    </message>
    <message>
        <source>Open the window where it was closed.</source>
        <translation>Das Fenster dort öffnen, wo es geschlossen wurde.</translation>
    </message>
    <message>
        <source>Show the list of conversations beside the one that is open.</source>
        <translation>Die Liste der Gespräche neben dem offenen zeigen.</translation>
    </message>
    <message>
        <source>Language of the window (ISO 639-1); empty: the system&apos;s.</source>
        <translation>Sprache des Fensters (ISO 639-1); leer: die des Systems.</translation>
    </message>
    <message>
        <source>Stronger lines and colours; off: as the system wants them.</source>
        <translation>Kräftigere Linien und Farben; aus: wie das System sie will.</translation>
    </message>
    <message>
        <source>Nothing in the window moves by itself; off: as the system wants it.</source>
        <translation>Nichts im Fenster bewegt sich von selbst; aus: wie das System es will.</translation>
    </message>
    <message>
        <source>The set-up assistant was seen; off: it comes again with the next start.</source>
        <translation>Der Einrichtungsassistent wurde gesehen; aus: er kommt beim nächsten Start wieder.</translation>
    </message>
</context>
<context>
    <name>SettingChoices</name>
    <message>
        <source>Find out each time</source>
        <translation>Jedes Mal herausfinden</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>The system&apos;s: {0}</source>
        <translation>Standard des Systems: {0}</translation>
    </message>
    <message>
        <source>The system&apos;s</source>
        <translation>Standard des Systems</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keines</translation>
    </message>
</context>
<context>
    <name>SettingRow</name>
    <message>
        <source>Back to the default: {0}</source>
        <translation>Zurück zur Vorgabe: {0}</translation>
    </message>
    <message>
        <source>{0}: back to the default</source>
        <translation>{0}: zurück zur Vorgabe</translation>
    </message>
    <message>
        <source>{0} to {1} {2}</source>
        <translation>{0} bis {1} {2}</translation>
    </message>
    <message>
        <source>on</source>
        <translation>an</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Find a setting</source>
        <translation>Eine Einstellung suchen</translation>
    </message>
    <message>
        <source>No setting is called so.</source>
        <translation>Keine Einstellung heißt so.</translation>
    </message>
    <message>
        <source>Light or dark: as the system has it.</source>
        <translation>Hell oder dunkel: wie das System.</translation>
    </message>
    <message>
        <source>Everything back to its default…</source>
        <translation>Alles auf Vorgabe zurücksetzen…</translation>
    </message>
    <message>
        <source>Set MIA up again…</source>
        <translation>MIA neu einrichten…</translation>
    </message>
    <message>
        <source>The settings cannot be written. Check the disk, and who may write in MIA&apos;s folder.</source>
        <translation>Die Einstellungen lassen sich nicht schreiben. Prüfe die Platte und wer in MIAs Ordner schreiben darf.</translation>
    </message>
    <message>
        <source>All settings go back to their defaults. What MIA remembers stays as it is.</source>
        <translation>Alle Einstellungen gehen zurück zur Vorgabe. Woran MIA sich erinnert, bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>Alles zurücksetzen</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Conversations</source>
        <translation>Gespräche</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search all conversations</source>
        <translation>Alle Gespräche durchsuchen</translation>
    </message>
    <message>
        <source>Finds words in all conversations (Ctrl+Shift+F)</source>
        <translation>Findet Worte in allen Gesprächen (Strg+Umschalt+F)</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Take conversations in from a file</source>
        <translation>Gespräche aus einer Datei aufnehmen</translation>
    </message>
    <message>
        <source>Keep conversations</source>
        <translation>Gespräche behalten</translation>
    </message>
    <message>
        <source>Take in from a file...</source>
        <translation>Aus einer Datei aufnehmen…</translation>
    </message>
    <message>
        <source>You are a guest: nothing of this conversation is kept. A vault changes that.</source>
        <translation>Du bist Gast: nichts von diesem Gespräch wird behalten. Ein Tresor ändert das.</translation>
    </message>
    <message>
        <source>Nothing was found.</source>
        <translation>Nichts gefunden.</translation>
    </message>
    <message>
        <source>The conversations could not be read: {0}</source>
        <translation>Die Gespräche ließen sich nicht lesen: {0}</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Read the list of conversations again</source>
        <translation>Die Liste der Gespräche neu lesen</translation>
    </message>
    <message>
        <source>What you talk about will be listed here.</source>
        <translation>Worüber du sprichst, steht dann hier.</translation>
    </message>
    <message>
        <source>The vault is locked: your conversations are in it, and nothing of this one is kept.</source>
        <translation>Der Tresor ist gesperrt: Deine Gespräche sind darin, und von diesem hier wird nichts behalten.</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Entsperren</translation>
    </message>
    <message>
        <source>Open the vault, and list what is in it</source>
        <translation>Den Tresor öffnen und zeigen, was darin ist</translation>
    </message>
    <message>
        <source>The vault is being opened.</source>
        <translation>Der Tresor wird geöffnet.</translation>
    </message>
    <message>
        <source>The vault cannot be reached: nothing of this conversation is kept.</source>
        <translation>Der Tresor ist nicht zu erreichen: Von diesem Gespräch wird nichts behalten.</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Was zu tun ist</translation>
    </message>
    <message>
        <source>Open the memory page, which says what is in the way</source>
        <translation>Die Seite Erinnerung öffnen, die sagt, was im Weg ist</translation>
    </message>
    <message>
        <source>Open the memory page, where a vault is made</source>
        <translation>Die Seite Erinnerung öffnen, wo ein Tresor angelegt wird</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Nicht mehr anheften</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Anheften</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Export...</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
</context>
<context>
    <name>SoundStep</name>
    <message>
        <source>Can we hear each other?</source>
        <translation>Hören wir uns?</translation>
    </message>
    <message>
        <source>Loudness at the microphone</source>
        <translation>Lautstärke am Mikrofon</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Mikrofon</translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation>Lautsprecher</translation>
    </message>
    <message>
        <source>&amp;Play a sample</source>
        <translation>&amp;Probe abspielen</translation>
    </message>
    <message>
        <source>I &amp;heard it</source>
        <translation>Ich habe es ge&amp;hört</translation>
    </message>
    <message>
        <source>I did &amp;not</source>
        <translation>Ich habe &amp;nichts gehört</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Wird nachgesehen…</translation>
    </message>
    <message>
        <source>Looking for microphones…</source>
        <translation>Mikrofone werden gesucht…</translation>
    </message>
    <message>
        <source>Say something: the bars move while MIA hears you. Nothing of it is kept.</source>
        <translation>Sag etwas: die Balken bewegen sich, während MIA dich hört. Nichts davon wird behalten.</translation>
    </message>
    <message>
        <source>✓ MIA hears you.</source>
        <translation>✓ MIA hört dich.</translation>
    </message>
    <message>
        <source>✓ You hear MIA.</source>
        <translation>✓ Du hörst MIA.</translation>
    </message>
    <message>
        <source>Turn the volume up, see that headphones are plugged in, and choose another speaker above; then play it again. MIA also answers in writing.</source>
        <translation>Mach lauter, sieh nach, ob Kopfhörer eingesteckt sind, und wähle oben einen anderen Lautsprecher; dann spiele es noch einmal ab. MIA antwortet auch schriftlich.</translation>
    </message>
</context>
<context>
    <name>StateBadge</name>
    <message>
        <source>Reason of the state</source>
        <translation>Grund des Zustands</translation>
    </message>
    <message>
        <source>State: {0}</source>
        <translation>Zustand: {0}</translation>
    </message>
    <message>
        <source>MIA&apos;s state: {0}</source>
        <translation>MIAs Zustand: {0}</translation>
    </message>
    <message>
        <source>Warming up</source>
        <translation>Wärmt sich auf</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Listening</source>
        <translation>Hört zu</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>Denkt</translation>
    </message>
    <message>
        <source>Speaking</source>
        <translation>Spricht</translation>
    </message>
    <message>
        <source>Muted</source>
        <translation>Stumm</translation>
    </message>
    <message>
        <source>Trouble</source>
        <translation>Störung</translation>
    </message>
</context>
<context>
    <name>TakingBack</name>
    <message>
        <source>The conversation is deleted.</source>
        <translation>Das Gespräch ist gelöscht.</translation>
    </message>
    <message>
        <source>Question and answer are deleted.</source>
        <translation>Frage und Antwort sind gelöscht.</translation>
    </message>
    <message>
        <source>The conversations are here.</source>
        <translation>Die Gespräche sind da.</translation>
    </message>
    <message>
        <source>The other model was called off.</source>
        <translation>Das andere Modell wurde abgesagt.</translation>
    </message>
    <message>
        <source>Bring the answer back</source>
        <translation>Antwort zurückholen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
</context>
<context>
    <name>TalkFoot</name>
    <message>
        <source>Hold to talk</source>
        <translation>Zum Sprechen halten</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Stop listening, thinking and speaking (Esc)</source>
        <translation>Zuhören, Denken und Sprechen beenden (Esc)</translation>
    </message>
    <message>
        <source>MIA cannot listen now</source>
        <translation>MIA kann jetzt nicht hören</translation>
    </message>
    <message>
        <source>Warming up; you can type already</source>
        <translation>Wärmt sich auf; du kannst schon tippen</translation>
    </message>
    <message>
        <source>MIA can listen when its models are loaded</source>
        <translation>MIA kann hören, sobald ihre Modelle geladen sind</translation>
    </message>
    <message>
        <source>Listening; release to send</source>
        <translation>Hört zu; loslassen zum Senden</translation>
    </message>
    <message>
        <source>Release to send, Esc to drop it</source>
        <translation>Loslassen zum Senden, Esc verwirft es</translation>
    </message>
    <message>
        <source>Hold the button, F4 or, outside the text field, Space, and speak</source>
        <translation>Halte den Knopf, F4 oder, außerhalb des Textfelds, die Leertaste, und sprich</translation>
    </message>
</context>
<context>
    <name>TalkHead</name>
    <message>
        <source>Conversations</source>
        <translation>Gespräche</translation>
    </message>
    <message>
        <source>Show or hide the list of conversations (Ctrl+B)</source>
        <translation>Die Liste der Gespräche zeigen oder verbergen (Strg+B)</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>Neues Gespräch</translation>
    </message>
    <message>
        <source>Begin anew (Ctrl+N)</source>
        <translation>Neu beginnen (Strg+N)</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Gesperrt</translation>
    </message>
    <message>
        <source>The vault is locked: nothing of this is kept. Unlock it here</source>
        <translation>Der Tresor ist gesperrt: Nichts hiervon wird behalten. Hier lässt er sich entsperren</translation>
    </message>
    <message>
        <source>No vault in reach</source>
        <translation>Tresor unerreichbar</translation>
    </message>
    <message>
        <source>The vault cannot be reached: nothing of this is kept. The memory page says why</source>
        <translation>Der Tresor ist nicht zu erreichen: Nichts hiervon wird behalten. Die Seite Erinnerung sagt, warum</translation>
    </message>
    <message>
        <source>Guest</source>
        <translation>Gast</translation>
    </message>
    <message>
        <source>There is no vault: nothing of this is kept. Make one on the memory page</source>
        <translation>Es gibt keinen Tresor: Nichts hiervon wird behalten. Auf der Seite Erinnerung lässt sich einer anlegen</translation>
    </message>
    <message>
        <source>&amp;Hands-free</source>
        <translation>&amp;Freihändig</translation>
    </message>
    <message>
        <source>Listen all the time instead of by the talk key (Alt+H)</source>
        <translation>Ständig zuhören statt nur mit der Sprechtaste (Alt+F)</translation>
    </message>
    <message>
        <source>&amp;Mute</source>
        <translation>S&amp;tumm</translation>
    </message>
    <message>
        <source>Hear nothing at all (Alt+M)</source>
        <translation>Gar nichts hören (Alt+T)</translation>
    </message>
</context>
<context>
    <name>TalkPage</name>
    <message>
        <source>MIA uses the {0} now.</source>
        <translation>MIA nutzt jetzt: {0}.</translation>
    </message>
</context>
<context>
    <name>TextField</name>
    <message>
        <source>Type to MIA</source>
        <translation>An MIA schreiben</translation>
    </message>
    <message>
        <source>Text to MIA</source>
        <translation>Text an MIA</translation>
    </message>
    <message>
        <source>Enter sends, Shift+Enter begins a new line</source>
        <translation>Eingabe sendet, Umschalt+Eingabe beginnt eine neue Zeile</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>&amp;Open MIA</source>
        <translation>MIA &amp;öffnen</translation>
    </message>
    <message>
        <source>&amp;Talk</source>
        <translation>&amp;Sprechen</translation>
    </message>
    <message>
        <source>&amp;Hands-free</source>
        <translation>&amp;Freihändig</translation>
    </message>
    <message>
        <source>&amp;Mute</source>
        <translation>S&amp;tumm</translation>
    </message>
    <message>
        <source>&amp;Start at login</source>
        <translation>Bei der &amp;Anmeldung starten</translation>
    </message>
    <message>
        <source>S&amp;et MIA up…</source>
        <translation>MIA &amp;einrichten…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>warming up</source>
        <translation>wärmt sich auf</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>bereit</translation>
    </message>
    <message>
        <source>listening</source>
        <translation>hört zu</translation>
    </message>
    <message>
        <source>thinking</source>
        <translation>denkt nach</translation>
    </message>
    <message>
        <source>speaking</source>
        <translation>spricht</translation>
    </message>
    <message>
        <source>muted</source>
        <translation>stumm</translation>
    </message>
    <message>
        <source>trouble</source>
        <translation>Störung</translation>
    </message>
</context>
<context>
    <name>UndoBar</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
</context>
<context>
    <name>UnsavedQuestion</name>
    <message>
        <source>Not all of this conversation is saved. Turns that would be lost: {0}.</source>
        <translation>Nicht alles aus diesem Gespräch ist gespeichert. Wortwechsel, die verloren gingen: {0}.</translation>
    </message>
    <message>
        <source>The vault&apos;s disk is full or failing. Free some space: MIA tries again every few seconds, and ends as soon as all is saved.</source>
        <translation>Die Platte des Tresors ist voll oder gestört. Schaffe etwas Platz: MIA versucht es alle paar Sekunden wieder und endet, sobald alles gespeichert ist.</translation>
    </message>
    <message>
        <source>Quit anyway</source>
        <translation>Trotzdem beenden</translation>
    </message>
    <message>
        <source>Do not quit</source>
        <translation>Nicht beenden</translation>
    </message>
</context>
<context>
    <name>VaultDoor</name>
    <message>
        <source>You are a guest</source>
        <translation>Du bist Gast</translation>
    </message>
    <message>
        <source>Nothing of what you say is kept. With a vault MIA remembers you: what was said lies encrypted on this computer, only you open it, and you can see, change and erase all of it here.</source>
        <translation>Nichts von dem, was du sagst, wird behalten. Mit einem Tresor erinnert MIA sich an dich: was gesagt wurde, liegt verschlüsselt auf diesem Rechner, nur du öffnest ihn, und du kannst hier alles sehen, ändern und löschen.</translation>
    </message>
    <message>
        <source>Make a vault…</source>
        <translation>Einen Tresor anlegen…</translation>
    </message>
    <message>
        <source>The vault is being opened</source>
        <translation>Der Tresor wird geöffnet</translation>
    </message>
    <message>
        <source>The vault cannot be reached</source>
        <translation>Der Tresor ist nicht erreichbar</translation>
    </message>
    <message>
        <source>There is a vault, but this system&apos;s keyring did not answer, or the vault is in use elsewhere. Log in to the keyring or close the other MIA, then try again. Until then nothing is kept.</source>
        <translation>Es gibt einen Tresor, aber der Schlüsselbund des Systems antwortete nicht, oder der Tresor ist anderswo in Gebrauch. Melde dich am Schlüsselbund an oder schließe die andere MIA, dann versuche es noch einmal. Bis dahin wird nichts behalten.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
</context>
<context>
    <name>VaultMaking</name>
    <message>
        <source>Make a vault</source>
        <translation>Einen Tresor anlegen</translation>
    </message>
    <message>
        <source>Open by itself while I am logged in</source>
        <translation>Öffnet sich von selbst, solange ich angemeldet bin</translation>
    </message>
    <message>
        <source>Ask me for a passphrase each time</source>
        <translation>Fragt mich jedes Mal nach einer Passphrase</translation>
    </message>
    <message>
        <source>Looking for this system&apos;s keyring…</source>
        <translation>Der Schlüsselbund des Systems wird gesucht…</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>Passphrase, a few random words</source>
        <translation>Passphrase, einige zufällige Wörter</translation>
    </message>
    <message>
        <source>Passphrase, once more</source>
        <translation>Passphrase, noch einmal</translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Show what I type</source>
        <translation>Zeigen, was ich tippe</translation>
    </message>
    <message>
        <source>Let it open on this computer only</source>
        <translation>Nur auf diesem Rechner zu öffnen</translation>
    </message>
    <message>
        <source>A key in the system&apos;s keyring is needed as well; elsewhere the kit opens it.</source>
        <translation>Ein Schlüssel im Schlüsselbund des Systems ist ebenfalls nötig; anderswo öffnet ihn die Notfallkarte.</translation>
    </message>
    <message>
        <source>Make the vault</source>
        <translation>Tresor anlegen</translation>
    </message>
    <message>
        <source>The vault is being made</source>
        <translation>Der Tresor wird angelegt</translation>
    </message>
    <message>
        <source>This system has no keyring that MIA may use.</source>
        <translation>Dieses System hat keinen Schlüsselbund, den MIA nutzen darf.</translation>
    </message>
    <message>
        <source>Its key is kept in this system&apos;s keyring ({name}).</source>
        <translation>Sein Schlüssel liegt im Schlüsselbund des Systems ({name}).</translation>
    </message>
    <message>
        <source>At least {count} letters.</source>
        <translation>Mindestens {count} Zeichen.</translation>
    </message>
    <message>
        <source>Type the same once more.</source>
        <translation>Tippe dasselbe noch einmal.</translation>
    </message>
    <message>
        <source>Now type it once more.</source>
        <translation>Tippe sie jetzt noch einmal.</translation>
    </message>
    <message>
        <source>Nobody can look it up for you: only the recovery kit helps when it is lost.</source>
        <translation>Niemand kann sie für dich nachschlagen: nur die Notfallkarte hilft, wenn sie verloren ist.</translation>
    </message>
    <message>
        <source>Your recovery kit</source>
        <translation>Deine Notfallkarte</translation>
    </message>
    <message>
        <source>It opens the vault when keyring or passphrase are lost, and there is no other way then. It is shown only now. Keep it apart from this computer: whoever has it and this computer&apos;s files can read all.</source>
        <translation>Sie öffnet den Tresor, wenn Schlüsselbund oder Passphrase verloren sind, und einen anderen Weg gibt es dann nicht. Sie wird nur jetzt gezeigt. Bewahre sie getrennt von diesem Rechner auf: wer sie und die Dateien dieses Rechners hat, kann alles lesen.</translation>
    </message>
    <message>
        <source>Recovery code</source>
        <translation>Notfallcode</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern…</translation>
    </message>
    <message>
        <source>As a page to print…</source>
        <translation>Als Seite zum Drucken…</translation>
    </message>
    <message>
        <source>I have put the kit in a safe place</source>
        <translation>Ich habe die Karte sicher verwahrt</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Copied. Paste it somewhere safe, then copy something else.</source>
        <translation>Kopiert. Füge sie an einem sicheren Ort ein, dann kopiere etwas anderes.</translation>
    </message>
    <message>
        <source>Save the recovery kit</source>
        <translation>Die Notfallkarte speichern</translation>
    </message>
    <message>
        <source>Recovery kit as a page to print</source>
        <translation>Notfallkarte als Seite zum Drucken</translation>
    </message>
    <message>
        <source>The kit cannot be written there. Choose another folder.</source>
        <translation>Die Karte lässt sich dort nicht schreiben. Wähle einen anderen Ordner.</translation>
    </message>
    <message>
        <source>The page cannot be written there. Choose another folder.</source>
        <translation>Die Seite lässt sich dort nicht schreiben. Wähle einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Written. Print it or move it away from this computer.</source>
        <translation>Geschrieben. Drucke sie oder bring sie weg von diesem Rechner.</translation>
    </message>
</context>
<context>
    <name>VaultStep</name>
    <message>
        <source>Shall I remember you?</source>
        <translation>Soll ich mich an dich erinnern?</translation>
    </message>
    <message>
        <source>✓ There is a vault already. What I remember of you is in it, encrypted.</source>
        <translation>✓ Es gibt schon einen Tresor. Woran ich mich erinnere, liegt verschlüsselt darin.</translation>
    </message>
    <message>
        <source>What I remember is kept in a vault, encrypted on this machine. Without one you are a guest: when the window closes, all is forgotten. You can also make it later, on the memory page.</source>
        <translation>Woran ich mich erinnere, liegt in einem Tresor, verschlüsselt auf diesem Rechner. Ohne ihn bist du Gast: Schließt sich das Fenster, ist alles vergessen. Du kannst ihn auch später anlegen, auf der Seite Erinnerung.</translation>
    </message>
    <message>
        <source>Put the recovery kit away first: it is shown only now.</source>
        <translation>Verwahre erst die Notfallkarte: sie wird nur jetzt gezeigt.</translation>
    </message>
    <message>
        <source>✓ Your vault is made. From now on I remember what you tell me.</source>
        <translation>✓ Dein Tresor ist angelegt. Von jetzt an erinnere ich mich an das, was du mir sagst.</translation>
    </message>
</context>
<context>
    <name>WaterfallDialog</name>
    <message>
        <source>Times of this answer</source>
        <translation>Zeiten dieser Antwort</translation>
    </message>
    <message>
        <source>You have finished</source>
        <translation>Du bist fertig</translation>
    </message>
    <message>
        <source>Words understood</source>
        <translation>Worte verstanden</translation>
    </message>
    <message>
        <source>Answer begun</source>
        <translation>Antwort begonnen</translation>
    </message>
    <message>
        <source>First sound</source>
        <translation>Erster Ton</translation>
    </message>
    <message>
        <source>Answer over</source>
        <translation>Antwort zu Ende</translation>
    </message>
</context>
<context>
    <name>WayOut</name>
    <message>
        <source>Open the models</source>
        <translation>Modelle öffnen</translation>
    </message>
    <message>
        <source>Open the settings</source>
        <translation>Einstellungen öffnen</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>Neu starten</translation>
    </message>
</context>
<context>
    <name>WayOutButton</name>
    <message>
        <source>Start again</source>
        <translation>Neu starten</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Hold F4 and speak, or type below.
Everything stays on this machine.</source>
        <translation>Halte F4 und sprich, oder tippe unten.
Alles bleibt auf diesem Rechner.</translation>
    </message>
</context>
<context>
    <name>WelcomeStep</name>
    <message>
        <source>Hello, I am MIA</source>
        <translation>Hallo, ich bin MIA</translation>
    </message>
    <message>
        <source>I hear, see, answer, speak and remember, and I live on this computer.</source>
        <translation>Ich höre, sehe, antworte, spreche und erinnere mich, und ich lebe auf diesem Rechner.</translation>
    </message>
    <message>
        <source>Nothing that you say, show or write leaves this machine. There is no account.</source>
        <translation>Nichts, was du sagst, zeigst oder schreibst, verlässt diesen Rechner. Es gibt kein Konto.</translation>
    </message>
    <message>
        <source>The network is used for one thing: fetching models, when you click on it.</source>
        <translation>Das Netz dient einem Zweck: Modelle zu holen, wenn du darauf klickst.</translation>
    </message>
    <message>
        <source>What I remember is encrypted. You can see, change and erase it.</source>
        <translation>Woran ich mich erinnere, ist verschlüsselt. Du kannst es sehen, ändern und löschen.</translation>
    </message>
    <message>
        <source>Four short steps set me up. Skip what you like; all of it can be done later.</source>
        <translation>Vier kurze Schritte richten mich ein. Überspringe, was du magst; alles geht auch später.</translation>
    </message>
</context>
<context>
    <name>WhyCard</name>
    <message>
        <source>What MIA remembered for this answer</source>
        <translation>Woran MIA sich für diese Antwort erinnerte</translation>
    </message>
    <message>
        <source>MIA remembered this for her answer</source>
        <translation>MIA erinnerte sich für ihre Antwort hieran</translation>
    </message>
    <message>
        <source>Open the memory page</source>
        <translation>Die Erinnerungsseite öffnen</translation>
    </message>
    <message>
        <source>{0}, {1}. {2}</source>
        <translation>{0}, {1}. {2}</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Memory</source>
        <translation>Erinnerung</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Talk</source>
        <translation>Sprechen</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Privatsphäre</translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <translation>Diagnose</translation>
    </message>
</context>
<context>
    <name>_Bars</name>
    <message>
        <source>Times of this answer</source>
        <translation>Zeiten dieser Antwort</translation>
    </message>
</context>
<context>
    <name>_Chip</name>
    <message>
        <source>Looking at {0}</source>
        <translation>{0} wird angesehen</translation>
    </message>
    <message>
        <source>Put {0} away</source>
        <translation>{0} weglegen</translation>
    </message>
    <message>
        <source>Put this picture away</source>
        <translation>Dieses Bild weglegen</translation>
    </message>
</context>
<context>
    <name>_EditBar</name>
    <message>
        <source>Leave it</source>
        <translation>So lassen</translation>
    </message>
    <message>
        <source>Leave what you said as it is (Esc)</source>
        <translation>Was du sagtest, so lassen (Esc)</translation>
    </message>
    <message>
        <source>Say it differently: MIA answers anew.</source>
        <translation>Sag es anders: MIA antwortet neu.</translation>
    </message>
    <message>
        <source>Say it differently: MIA answers anew, and what came after it is deleted.</source>
        <translation>Sag es anders: MIA antwortet neu, und was danach kam, wird gelöscht.</translation>
    </message>
</context>
<context>
    <name>_FilePanel</name>
    <message>
        <source>Passphrase of the export</source>
        <translation>Passphrase des Exports</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
</TS>
