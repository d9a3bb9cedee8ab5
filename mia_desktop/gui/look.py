"""Colours, derived from the system's palette so that light, dark and high-contrast themes hold."""

import dataclasses
from dataclasses import dataclass
from string import Template

from PySide6.QtGui import QColor, QPalette

from mia_desktop.core.events import State
from mia_desktop.core.paths import shipped
from mia_desktop.gui.ease import strong_contrast

_READABLE = 4.5  # WCAG 2.2, 1.4.3: contrast of text
_STRONG = 7.0  # WCAG 2.2, 1.4.6: enhanced contrast of text
_STATES_ON_LIGHT: dict[State, str] = {
    "warming up": "#8a6100",
    "ready": "#1a7a3a",
    "listening": "#b8224f",
    "thinking": "#6a3fb5",
    "speaking": "#0b66b8",
    "muted": "#5d6470",
    "trouble": "#a8400a",
}
_STATES_ON_DARK: dict[State, str] = {
    "warming up": "#e0b252",
    "ready": "#62c483",
    "listening": "#f27a9b",
    "thinking": "#b79af0",
    "speaking": "#6db6f2",
    "muted": "#a3abb8",
    "trouble": "#f0935e",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The colours of the window.

    Attributes:
        ground: behind the controls.
        sheet: behind the conversation and in the text field.
        ink: text.
        faint: text of less weight, still readable.
        line: borders.
        raised: a button.
        hovered: a button under the pointer.
        pressed: a button held down.
        handle: the scroll bar's handle.
        accent: the talk button and the focus.
        accent_hovered: the talk button under the pointer.
        accent_ink: the accent as ink on the ground.
        on_accent: text on the accent.
        user: the bubble of the user.
        mia: the bubble of MIA.
        code: behind code within a bubble.
        notice: the notice bar.
        notice_line: its border.
        listening: the talk button while it is held.
        danger: text of what went wrong and of buttons that take something away for good.
        states: a colour for each state.
    """

    ground: QColor
    sheet: QColor
    ink: QColor
    faint: QColor
    line: QColor
    raised: QColor
    hovered: QColor
    pressed: QColor
    handle: QColor
    accent: QColor
    accent_hovered: QColor
    accent_ink: QColor
    on_accent: QColor
    user: QColor
    mia: QColor
    code: QColor
    notice: QColor
    notice_line: QColor
    listening: QColor
    danger: QColor
    states: dict[State, QColor]

    @classmethod
    def of(cls, palette: QPalette) -> "Look":
        """Derive the colours from `palette`, stronger ones where the user or the system wants that."""
        look = cls._plain(palette)
        return look.stronger() if strong_contrast() else look

    def stronger(self) -> "Look":
        """Return the same look with the contrast of text and lines enhanced."""
        dark = self.sheet.lightness() < self.ink.lightness()
        ink = QColor("white" if dark else "black")

        def strong(colour: QColor) -> QColor:
            return _until_readable_on(colour, self.ground, dark=dark, least=_STRONG)

        accent = _until_readable(self.accent, self.on_accent, least=_STRONG)
        return dataclasses.replace(
            self,
            ink=ink,
            faint=ink,
            line=_mix(ink, self.ground, 0.7),
            handle=_mix(ink, self.sheet, 0.8),
            notice_line=ink,
            danger=strong(self.danger),
            accent=accent,
            accent_hovered=accent.darker(110),
            accent_ink=strong(self.accent_ink),
            listening=_until_readable(self.listening, self.on_accent, least=_STRONG),
            states={state: strong(colour) for state, colour in self.states.items()},
        )

    @classmethod
    def _plain(cls, palette: QPalette) -> "Look":
        ground, sheet = palette.window().color(), palette.base().color()
        ink = palette.text().color()
        dark = sheet.lightness() < ink.lightness()
        white = QColor("white")
        accent = _until_readable(palette.accent().color(), white)
        names = _STATES_ON_DARK if dark else _STATES_ON_LIGHT
        states: dict[State, QColor] = {state: QColor(name) for state, name in names.items()}
        trouble = states["trouble"]
        return cls(
            ground=ground,
            sheet=sheet,
            ink=ink,
            faint=_mix(ink, ground, 0.72),
            line=_mix(ink, ground, 0.18),
            raised=_mix(ink, ground, 0.08) if dark else _mix(sheet, ground, 0.7),
            hovered=_mix(ink, ground, 0.14) if dark else _mix(ink, ground, 0.05),
            pressed=_mix(ink, ground, 0.2) if dark else _mix(ink, ground, 0.12),
            handle=_mix(ink, sheet, 0.3),
            accent=accent,
            accent_hovered=accent.darker(110),
            accent_ink=_until_readable_on(accent, ground, dark=dark),
            on_accent=white,
            user=_mix(accent, sheet, 0.38 if dark else 0.15),
            mia=_mix(ink, sheet, 0.09 if dark else 0.055),
            code=_mix(ink, sheet, 0.15 if dark else 0.1),
            notice=_mix(trouble, ground, 0.14),
            notice_line=_mix(trouble, ground, 0.4),
            listening=_until_readable(states["listening"], white),
            danger=_until_readable_on(trouble, sheet, dark=dark),
            states=states,
        )

    def filled(self, state: State) -> QColor:
        """Return the colour of `state` as a ground on which `on_accent` is readable."""
        return _until_readable(self.states[state], self.on_accent)

    def style(self) -> str:
        """Return the window's style sheet in these colours."""
        colours = {
            field.name: value.name()
            for field in dataclasses.fields(self)
            if isinstance(value := getattr(self, field.name), QColor)
        }
        resources = shipped("resources")
        sheet = (resources / "styles" / "window.qss").read_text("utf-8")
        drawings = {name: (resources / "icons" / f"{name}.svg").as_posix() for name in ("tick", "down", "up")}
        return Template(sheet).substitute(colours, **drawings)


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio (1 to 21) of two colours as WCAG 2.2 defines it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _until_readable(colour: QColor, text: QColor, *, least: float = _READABLE) -> QColor:
    while contrast(colour, text) < least:
        colour = colour.darker(108)
    return colour


def _until_readable_on(colour: QColor, ground: QColor, *, dark: bool, least: float = _READABLE) -> QColor:
    while contrast(colour, ground) < least:
        colour = _mix(colour, QColor("white" if dark else "black"), 0.9)
    return colour


def _mix(one: QColor, other: QColor, share: float) -> QColor:
    rest = 1.0 - share
    return QColor.fromRgbF(
        one.redF() * share + other.redF() * rest,
        one.greenF() * share + other.greenF() * rest,
        one.blueF() * share + other.blueF() * rest,
    )
