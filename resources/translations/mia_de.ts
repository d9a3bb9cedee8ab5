<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>CrashGuard</name>
    <message>
        <source>Something unforeseen happened. MIA goes on.</source>
        <translation>Etwas Unvorhergesehenes ist geschehen. MIA macht weiter.</translation>
    </message>
    <message>
        <source>If something does not work now, start MIA again; what was kept is kept. When you ask for help, quote report {id}. It holds nothing that you said or wrote.</source>
        <translation>Wenn jetzt etwas nicht geht, starten Sie MIA neu; was bewahrt wurde, bleibt bewahrt. Wenn Sie um Hilfe bitten, nennen Sie den Bericht {id}. Er enthält nichts, was Sie gesagt oder geschrieben haben.</translation>
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
        <source>A part of MIA has stopped</source>
        <translation>Ein Teil von MIA ist stehen geblieben</translation>
    </message>
    <message>
        <source>Start MIA again to bring it back.</source>
        <translation>Starten Sie MIA neu, damit er wieder läuft.</translation>
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
</TS>
