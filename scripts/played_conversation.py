"""What scripts/screens plays to the window: a conversation, its list, a picture and memories."""

ANSWER = """Sort with a *key*, so that capitals do not come first:

```python
names = ["Zoe", "anna", "Bert"]
for name in sorted(names, key=str.casefold):
    print(name)
```

- `sorted` gives a **new** list,
- `names.sort(...)` changes the old one.

The [documentation](https://docs.python.org/3/howto/sorting.html) tells more."""
RAINBOW = (
    "A rainbow is sunlight that raindrops have bent, split into its colours and thrown back to you. "
    "You see it with the sun behind you and the rain before you, about 42 degrees from the shadow of your head."
)
TITLES = (
    ("Sorting names in Python", 0, True),
    ("What is a rainbow?", 0, False),
    ("The sign at the station", 0, False),
    ("Bread with little yeast", 1, False),
    ("A letter to the landlord", 3, False),
    ("Tides and the moon", 4, False),
    ("Names for a grey cat", 40, False),
)


def picture():
    """Return a picture that MIA was shown: a sign by the sea."""
    from PySide6.QtCore import QRectF, Qt
    from PySide6.QtGui import QColor, QFont, QImage, QLinearGradient, QPainter

    image = QImage(640, 420, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    sky = QLinearGradient(0, 0, 0, 420)
    for at, colour in ((0.0, "#8fb9d8"), (0.55, "#e6ddc6"), (0.56, "#4d7f8c"), (1.0, "#24505c")):
        sky.setColorAt(at, QColor(colour))
    painter.fillRect(image.rect(), sky)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#6a4a34"))
    painter.drawRect(QRectF(305, 180, 26, 240))
    painter.setBrush(QColor("#f4efe2"))
    painter.drawRoundedRect(QRectF(130, 80, 380, 150), 14, 14)
    painter.setPen(QColor("#24303a"))
    painter.setFont(QFont(QFont().family(), 33, QFont.Weight.Bold))
    painter.drawText(QRectF(130, 80, 380, 150), Qt.AlignmentFlag.AlignCenter, "No swimming")
    painter.end()
    return image


def remembered():
    """Return memories as they are found for an answer."""
    from datetime import UTC, datetime

    from mia_desktop.core.memories import Hit, Recollection, ScoreParts

    def hit(number: int, text: str, why: str) -> Hit:
        at = datetime(2026, 11, 12 + number, 18, 30, tzinfo=UTC)
        memory = Recollection(
            id=number, uid=str(number), kind="fact", text=text, at=at, speaker="You", source="typed", trust="user",
            conversation="a", place=0, reference="", valid_from=at, valid_to=None, superseded_by=None,
            quarantined=False, seen=1, consent="", expires_at=None, attachment="",
        )  # fmt: skip
        parts = ScoreParts(words=1, neighbours=0, answer=0, meaning=1, speaker=0, graph=0, time=0, form=0)
        return Hit(memory=memory, score=2.0, parts=parts, why=why)

    return (
        hit(1, "I am learning Python, from a book of my sister's.", "It names Python."),
        hit(2, "Short answers with an example help me most.", "It means something like your question."),
    )


def play(window, bridge) -> None:
    """Publish the events of three turns, the last one half spoken."""
    from PySide6.QtGui import QImage

    from mia_desktop.core.events import (
        MemoryUsed,
        ReplyGrew,
        ReplyStarted,
        ReplyWritten,
        SentenceSpoken,
        StateChanged,
        TranscriptReady,
        TurnFinished,
    )
    from mia_desktop.core.turn import TurnId
    from mia_desktop.gui.attachments import Attached

    one, two, three = TurnId(1), TurnId(2), TurnId(3)
    sign = "It says “No swimming”, on a white board by the water. The sea behind it looks calm."
    image: QImage = picture()
    for event in (
        StateChanged(state="ready"),
        TranscriptReady(turn=one, at_s=0.0, text="How do I sort names in Python?", language="en", spoken=False),
        MemoryUsed(turn=one, hits=remembered()),
        ReplyStarted(turn=one, at_s=0.4, model="qwen2.5-coder-0.5b"),
        ReplyWritten(turn=one, at_s=1.0, text=ANSWER),
        TurnFinished(turn=one, at_s=9.0, outcome="answered"),
        TranscriptReady(turn=two, at_s=10.0, text="What is written on this sign?", language="en", spoken=True),
        ReplyStarted(turn=two, at_s=10.4, model="qwen2.5-coder-0.5b"),
        ReplyWritten(turn=two, at_s=11.0, text=sign),
        TurnFinished(turn=two, at_s=14.0, outcome="answered"),
        TranscriptReady(turn=three, at_s=20.0, text="And what is a rainbow?", language="en", spoken=True),
        ReplyGrew(turn=three, text=RAINBOW),
        ReplyWritten(turn=three, at_s=21.0, text=RAINBOW),
        StateChanged(state="speaking"),
        SentenceSpoken(turn=three, at_s=22.0, up_to_char=RAINBOW.index("and thrown")),
    ):
        bridge.happened.emit(event)
    window.talk_page.conversation.rows.show_pictures(
        two, [Attached(key="sign", name="sign.png", image=image, text="No swimming")]
    )


def list_conversations(window) -> None:
    """Fill the list beside the conversation."""
    from datetime import datetime, timedelta

    from mia_desktop.core.conversations import ConversationInfo

    now = datetime.now().astimezone()
    infos = [
        ConversationInfo(
            name=title, title=title, started_at=now - timedelta(days=days), changed_at=now - timedelta(days=days),
            turns=3, pinned=pinned,
        )
        for title, days, pinned in TITLES
    ]  # fmt: skip
    window.talk_page.sidebar.list.mark_open(TITLES[1][0])
    window.talk_page.sidebar.show_conversations(infos)
