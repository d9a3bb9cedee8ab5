"""Settings: one dataclass, from which the settings page and ``mia config`` are built."""

import dataclasses
import json
import threading
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from mia_desktop.core import whole_file
from mia_desktop.core.errors import UsageError

Value = str | int | float | bool
_changing: Final = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is known of one setting.

    Attributes:
        key: dotted name.
        default: its value when nobody set it; also fixes its type.
        help: one sentence.
        unit: unit of the value, or empty.
        lowest: least allowed number, or None.
        highest: greatest allowed number, or None.
        choices: allowed words, or empty for any.
    """

    key: str
    default: Value
    help: str
    unit: str = ""
    lowest: float | None = None
    highest: float | None = None
    choices: tuple[str, ...] = ()

    def check(self, untrusted_value: object) -> Value:
        """Return the value in this setting's type; raises UsageError when it does not fit."""
        value = self._convert(untrusted_value)
        if not isinstance(value, bool) and isinstance(value, int | float):
            low = self.lowest if self.lowest is not None else float("-inf")
            high = self.highest if self.highest is not None else float("inf")
            if not low <= value <= high:
                raise UsageError(f"{self.key} must be between {low:g} and {high:g} {self.unit}".rstrip() + ".")
        if self.choices and value not in self.choices:
            raise UsageError(f"{self.key} must be one of: {', '.join(self.choices)}.")
        return value

    def _convert(self, untrusted_value: object) -> Value:
        kind = type(self.default)
        text = str(untrusted_value).strip()
        if kind is bool:
            words = {"true": True, "on": True, "yes": True, "1": True, "false": False, "off": False, "no": False}
            words["0"] = False
            if text.lower() not in words:
                raise UsageError(f"{self.key} must be true or false.")
            return words[text.lower()]
        if kind is str:
            return text
        try:
            return int(text) if kind is int else float(text)
        except ValueError:
            word = "a whole number" if kind is int else "a number"
            raise UsageError(f"{self.key} must be {word}, not '{text[:40]}'.") from None


def _setting(key: str, default: Value, help: str, **more: object) -> Value:
    return field(default=default, metadata={"setting": Setting(key=key, default=default, help=help, **more)})  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting with its default. The fields' metadata hold a `Setting` each."""

    microphone: str = _setting("hearing.microphone", "", "Name of the microphone; empty: the system's default.")  # type: ignore[assignment]
    hearing_model: str = _setting("hearing.model", "whisper-base", "Model that turns speech into text.")  # type: ignore[assignment]
    hearing_language: str = _setting(  # type: ignore[assignment]
        "hearing.language", "en", "Language that is spoken (ISO 639-1), or 'auto' to find out each time."
    )
    hands_free: bool = _setting("hearing.hands_free", False, "Listen all the time instead of by the talk key.")  # type: ignore[assignment]
    voiced_probability: float = _setting(  # type: ignore[assignment]
        "hearing.voiced_probability", 0.5, "How sure the voice detector must be.", lowest=0.1, highest=0.95
    )
    start_s: float = _setting(  # type: ignore[assignment]
        "hearing.start_s", 0.1, "Speech shorter than this opens no turn.", unit="s", lowest=0.03, highest=1.0
    )
    pause_s: float = _setting(  # type: ignore[assignment]
        "hearing.pause_s",
        0.2,
        "Silence after which MIA asks herself if you have finished.",
        unit="s",
        lowest=0.1,
        highest=2.0,
    )
    patience_s: float = _setting(  # type: ignore[assignment]
        "hearing.patience_s", 2.5, "Silence after which MIA answers anyway.", unit="s", lowest=0.5, highest=10.0
    )
    turn_model: str = _setting(  # type: ignore[assignment]
        "hearing.turn_model", "smart-turn-v3", "Model that hears whether you have finished; empty: silence decides."
    )
    end_silence_s: float = _setting(  # type: ignore[assignment]
        "hearing.end_silence_s",
        0.7,
        "Silence that ends a hands-free turn when no end-of-turn model is there.",
        unit="s",
        lowest=0.2,
        highest=5.0,
    )
    echo_canceller: bool = _setting(  # type: ignore[assignment]
        "hearing.echo_canceller", True, "Take MIA's own voice out of what the microphone hears."
    )
    wake_word: str = _setting(  # type: ignore[assignment]
        "hearing.wake_word", "", "Name that hands-free talk must begin with, such as Mia; empty: none."
    )
    longest_turn_s: float = _setting(  # type: ignore[assignment]
        "hearing.longest_turn_s", 120.0, "A spoken turn is cut after this.", unit="s", lowest=5.0, highest=600.0
    )
    camera: str = _setting(  # type: ignore[assignment]
        "seeing.camera", "", "Name of the camera; empty: the first one. A video or folder of pictures plays one."
    )
    user_name: str = _setting("memory.user", "the user", "What MIA calls you in what she remembers.")  # type: ignore[assignment]
    memory_hits: int = _setting(  # type: ignore[assignment]
        "memory.most", 3, "How many memories MIA looks at for an answer; 0: none.", lowest=0, highest=20
    )
    embedding_model: str = _setting(  # type: ignore[assignment]
        "memory.model", "minilm-l6-v2-int8", "Model that gives memories their meaning; a new one is taken up at rest."
    )
    memory_index: str = _setting(  # type: ignore[assignment]
        "memory.index",
        "exact",
        "How meaning is compared: with every memory, or by Chroma's index once it agrees with that.",
        choices=("exact", "chroma"),
    )
    lock_idle_min: int = _setting(  # type: ignore[assignment]
        "vault.lock_idle_min",
        0,
        "Lock the vault after so long without a word; 0: never.",
        unit="min",
        lowest=0,
        highest=1440,
    )
    lock_asleep: bool = _setting(  # type: ignore[assignment]
        "vault.lock_asleep", True, "Lock the vault when the machine sleeps; a passphrase is asked for again after that."
    )
    say_when: bool = _setting("memory.say_when", True, "Answers say when you told MIA what they rest on.")  # type: ignore[assignment]
    language_model: str = _setting("language.model", "qwen2.5-coder-0.5b", "Model that answers.")  # type: ignore[assignment]
    context_tokens: int = _setting(  # type: ignore[assignment]
        "language.context_tokens",
        4096,
        "How much conversation the model sees.",
        unit="tokens",
        lowest=512,
        highest=131072,
    )
    reply_tokens: int = _setting(  # type: ignore[assignment]
        "language.reply_tokens", 256, "Longest answer.", unit="tokens", lowest=16, highest=8192
    )
    temperature: float = _setting(  # type: ignore[assignment]
        "language.temperature", 0.2, "How freely words are chosen; 0 is always the likeliest.", lowest=0.0, highest=2.0
    )
    seed: int = _setting("language.seed", 7, "Seed of that choice.", lowest=0, highest=2**31 - 1)  # type: ignore[assignment]
    gpu_layers: int = _setting(  # type: ignore[assignment]
        "language.gpu_layers", -1, "Layers on the GPU; -1: all that fit, 0: none.", lowest=-1, highest=1000
    )
    threads: int = _setting(  # type: ignore[assignment]
        "machine.threads", 0, "Processor threads for the models; 0: one per physical core.", lowest=0, highest=256
    )
    voice: str = _setting("speech.voice", "piper-en-us-joe", "Voice that MIA speaks with.")  # type: ignore[assignment]
    speed: float = _setting("speech.speed", 1.0, "How fast MIA speaks.", lowest=0.5, highest=2.0)  # type: ignore[assignment]
    volume: float = _setting("speech.volume", 1.0, "How loud MIA speaks.", lowest=0.0, highest=1.0)  # type: ignore[assignment]
    speaker: str = _setting("speech.speaker", "", "Name of the speaker; empty: the system's default.")  # type: ignore[assignment]
    tray: bool = _setting("desktop.tray", True, "Show MIA's state in the system's tray.")  # type: ignore[assignment]
    close_to_tray: bool = _setting(  # type: ignore[assignment]
        "desktop.close_to_tray", False, "Closing the window leaves MIA in the tray."
    )
    hotkey: str = _setting(  # type: ignore[assignment]
        "desktop.hotkey", "Ctrl+Alt+Space", "Talk key that works while MIA's window is hidden; empty: none."
    )
    notifications: bool = _setting(  # type: ignore[assignment]
        "desktop.notifications", True, "Tell of answers and troubles while nobody looks at the window."
    )
    notification_text: bool = _setting(  # type: ignore[assignment]
        "desktop.notification_text", False, "Notifications show the answer's words, even on a locked screen."
    )
    keep_window_place: bool = _setting(  # type: ignore[assignment]
        "desktop.keep_window_place", True, "Open the window where it was closed."
    )
    conversation_list: bool = _setting(  # type: ignore[assignment]
        "desktop.conversation_list", True, "Show the list of conversations beside the one that is open."
    )
    window_language: str = _setting(  # type: ignore[assignment]
        "desktop.language", "", "Language of the window (ISO 639-1); empty: the system's."
    )
    high_contrast: bool = _setting(  # type: ignore[assignment]
        "desktop.high_contrast", False, "Stronger lines and colours; off: as the system wants them."
    )
    reduced_motion: bool = _setting(  # type: ignore[assignment]
        "desktop.reduced_motion", False, "Nothing in the window moves by itself; off: as the system wants it."
    )
    first_run_done: bool = _setting(  # type: ignore[assignment]
        "desktop.first_run_done", False, "The set-up assistant was seen; off: it comes again with the next start."
    )


_FIELDS: Final = {f.metadata["setting"].key: f.name for f in dataclasses.fields(Settings)}
SETTINGS: Final[dict[str, Setting]] = {
    f.metadata["setting"].key: f.metadata["setting"] for f in dataclasses.fields(Settings)
}


def get(settings: Settings, key: str) -> Value:
    """Return the value of the setting `key`; raises UsageError when there is none of that name."""
    value: Value = getattr(settings, _FIELDS[_known(key)])
    return value


def with_value(settings: Settings, key: str, untrusted_value: object) -> Settings:
    """Return `settings` with one value changed; raises UsageError when name or value do not fit."""
    value = SETTINGS[_known(key)].check(untrusted_value)
    return dataclasses.replace(settings, **{_FIELDS[key]: value})  # type: ignore[arg-type]


def load(path: Path) -> Settings:
    """Read settings; a missing file means defaults. Raises UsageError naming the file and what is wrong in it."""
    settings = Settings()
    try:
        untrusted = tomllib.loads(path.read_text("utf-8"))
        for key, value in untrusted.items():
            settings = with_value(settings, key, value)
    except FileNotFoundError:
        return settings
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError):
        raise UsageError(f"The settings in {path} cannot be read. Mend or delete that file.") from None
    except UsageError as error:
        raise UsageError(f"In {path}: {error} Mend or delete that line.") from None
    return settings


def save(settings: Settings, path: Path) -> None:
    """Write what differs from the defaults, all or nothing."""
    default = Settings()
    lines = [
        f"{json.dumps(key)} = {json.dumps(get(settings, key))}\n"
        for key in SETTINGS
        if get(settings, key) != get(default, key)
    ]
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    whole_file.write(path, "".join(lines))


def change(path: Path, values: Mapping[str, object]) -> bool:
    """Change some settings on disk and leave the others; tell whether any had another value. Any thread may call it."""
    with _changing:
        before = settings = load(path)
        for key, value in values.items():
            settings = with_value(settings, key, value)
        if settings != before:
            save(settings, path)
        return settings != before


def _known(key: str) -> str:
    if key not in SETTINGS:
        raise UsageError(f"There is no setting '{key[:60]}'. `mia config list` names them all.")
    return key
