"""The settings in words that are translated: groups, titles, help."""

from PySide6.QtCore import QCoreApplication

from mia_desktop.core.config import Setting

translate = QCoreApplication.translate


def group(name: str) -> str:
    """Return what a group of settings is called; `name` is the first part of their keys."""
    named = {
        "hearing": translate("Setting", "Hearing"),
        "seeing": translate("Setting", "Seeing"),
        "memory": translate("Setting", "Memory"),
        "vault": translate("Setting", "Vault"),
        "language": translate("Setting", "Answering"),
        "machine": translate("Setting", "This machine"),
        "speech": translate("Setting", "Speaking"),
        "desktop": translate("Setting", "Desktop"),
    }
    return named.get(name, name.capitalize())


def title(setting: Setting) -> str:
    """Return a short name of a setting; one that nobody named is called as its key says."""
    named = {
        "hearing.microphone": translate("Setting", "Microphone"),
        "hearing.model": translate("Setting", "Model"),
        "hearing.language": translate("Setting", "Spoken language"),
        "hearing.hands_free": translate("Setting", "Hands-free"),
        "hearing.voiced_probability": translate("Setting", "Sureness of the voice detector"),
        "hearing.start_s": translate("Setting", "Shortest speech"),
        "hearing.pause_s": translate("Setting", "Pause to think about"),
        "hearing.patience_s": translate("Setting", "Patience"),
        "hearing.turn_model": translate("Setting", "End-of-turn model"),
        "hearing.end_silence_s": translate("Setting", "Silence without that model"),
        "hearing.echo_canceller": translate("Setting", "Echo cancelling"),
        "hearing.wake_word": translate("Setting", "Wake word"),
        "hearing.longest_turn_s": translate("Setting", "Longest turn"),
        "memory.user": translate("Setting", "Your name"),
        "memory.most": translate("Setting", "Memories for an answer"),
        "memory.model": translate("Setting", "Embedding model"),
        "memory.index": translate("Setting", "How meaning is compared"),
        "memory.say_when": translate("Setting", "Say when it was told"),
        "seeing.camera": translate("Setting", "Camera"),
        "vault.lock_idle_min": translate("Setting", "Lock after silence"),
        "vault.lock_asleep": translate("Setting", "Lock when the machine sleeps"),
        "language.model": translate("Setting", "Model"),
        "language.context_tokens": translate("Setting", "Length of the conversation"),
        "language.reply_tokens": translate("Setting", "Length of an answer"),
        "language.temperature": translate("Setting", "Freedom of words"),
        "language.seed": translate("Setting", "Seed"),
        "language.gpu_layers": translate("Setting", "Graphics processor"),
        "machine.threads": translate("Setting", "Processor threads"),
        "speech.voice": translate("Setting", "Voice"),
        "speech.speed": translate("Setting", "Speed"),
        "speech.volume": translate("Setting", "Volume"),
        "speech.speaker": translate("Setting", "Speaker"),
        "desktop.tray": translate("Setting", "Tray"),
        "desktop.close_to_tray": translate("Setting", "Closing leaves MIA in the tray"),
        "desktop.hotkey": translate("Setting", "Talk key of the desktop"),
        "desktop.notifications": translate("Setting", "Notifications"),
        "desktop.notification_text": translate("Setting", "Words in notifications"),
        "desktop.keep_window_place": translate("Setting", "Keep the window's place"),
        "desktop.conversation_list": translate("Setting", "List of conversations"),
        "desktop.language": translate("Setting", "Language of the window"),
        "desktop.high_contrast": translate("Setting", "High contrast"),
        "desktop.reduced_motion": translate("Setting", "Less motion"),
        "desktop.first_run_done": translate("Setting", "Set-up assistant seen"),
    }
    words = setting.key.partition(".")[2].replace("_", " ")
    return named.get(setting.key, words[:1].upper() + words[1:])
