"""What there is to say of models, in the user's language."""

from PySide6.QtCore import QLocale, QObject

from mia_desktop.library.fit import tokens_per_s
from mia_desktop.library.machine import Machine
from mia_desktop.library.survey import Survey, Surveyed
from mia_desktop.library.tally import Standing
from mia_desktop.library.worklist import Errand

_LANGUAGES_SHOWN = 3
_READ_TOKENS_PER_S = 6.0
"""People read about 4 words a second; a word is about 1.4 tokens."""


def size(size_bytes: float) -> str:
    """Return a size as people of this system write it: a digit after the point where there is but one before it."""
    whole = round(size_bytes)
    digits = 1 if len(str(max(1, whole))) % 3 == 1 else 0
    return QLocale().formattedDataSize(whole, digits, QLocale.DataSizeFormat.DataSizeSIFormat)


class ModelWords(QObject):
    """Sentences about models."""

    def role(self, role: str) -> str:
        """Return what a role is called."""
        return {
            "language": self.tr("Thinking and answering"),
            "speech_to_text": self.tr("Hearing"),
            "text_to_speech": self.tr("Speaking"),
            "end_of_turn": self.tr("Knowing when you have finished"),
            "text_embedding": self.tr("Finding memories"),
            "image_labels": self.tr("Seeing"),
            "face_detection": self.tr("Noticing faces"),
        }[role]

    def about(self, role: str) -> str:
        """Return a sentence about a role."""
        return {
            "language": self.tr("Writes the answers. Larger ones know more and are slower."),
            "speech_to_text": self.tr("Turns what you say into text."),
            "text_to_speech": self.tr("The voice that you hear."),
            "end_of_turn": self.tr("Hears in hands-free talk whether you only pause. Without it silence decides."),
            "text_embedding": self.tr("Gives memories their meaning. After a change they are taken up anew, at rest."),
            "image_labels": self.tr("Tells what a picture shows. The best one that is here is used."),
            "face_detection": self.tr("Sees that there is a face, not whose it is. The best one that is here is used."),
        }[role]

    def without(self, role: str) -> str:
        """Return what no longer works without the model that has a role."""
        return {
            "language": self.tr("Without it MIA cannot answer until you choose another one."),
            "speech_to_text": self.tr("Without it MIA cannot hear what you say until you choose another one."),
            "text_to_speech": self.tr("Without it MIA cannot speak until you choose another one."),
            "end_of_turn": self.tr("Without it MIA does not start until you fetch it again."),
            "text_embedding": self.tr("Without it MIA cannot find memories by their meaning."),
            "image_labels": self.tr("Without it MIA tells less of what a picture shows."),
            "face_detection": self.tr("Without it MIA no longer notices faces."),
        }[role]

    def facts(self, one: Surveyed) -> str:
        """Return size, licence and languages."""
        model = one.model
        parts = [size(model.bytes), model.licence if model.folder is None else self.tr("licence unknown")]
        if model.languages:
            parts.append(self.languages(model.languages))
        return " · ".join(parts)

    def languages(self, codes: tuple[str, ...], most: int = _LANGUAGES_SHOWN) -> str:
        """Return the names of languages."""
        if codes == ("multilingual",):
            return self.tr("many languages")
        known = self._languages()
        names = [known.get(code) or QLocale(code).nativeLanguageName() or code for code in codes]
        if len(names) > most:
            return self.tr("{0} and {1} more").format(", ".join(names[:most]), len(names) - most)
        return ", ".join(names)

    def fits(self, one: Surveyed, machine: Machine) -> str:
        """Return how a model suits the machine and why."""
        needs, fit = size(one.model.memory_bytes), one.fit
        if fit.reason == "gpu" and machine.gpu is not None:
            told = self.tr("Suits this machine; needs {0}, which the {1} has.").format(needs, machine.gpu.name)
        elif fit.reason == "too little memory":
            told = self.tr("Too large: it needs {0} of memory, and this machine has {1} for everything.").format(
                needs, size(machine.memory_bytes)
            )
        elif fit.reason == "too many weights":
            told = self.tr("Slow on this machine with its {1} processor cores and no GPU; needs {0} of memory.").format(
                needs, machine.cores
            )
        else:
            told = self.tr("Suits this machine; needs {0} of memory.").format(needs)
        if one.lacks:
            told += " " + self.tr("It needs MIA's optional part {0}, which is not installed.").format(
                ", ".join(one.lacks)
            )
        if one.model.not_run_here and one.fit.verdict != "no":
            told += " " + self.tr("Nobody has tried it with this version of MIA yet.")
        return told

    def speed(self, one: Surveyed, machine: Machine) -> str:
        """Return how fast a model is on the machine."""
        if one.fit.reason == "gpu":
            return self.tr("quick, on the graphics processor")
        if one.fit.verdict == "slow":
            return self.tr("slow here")
        rate = tokens_per_s(machine, one.model) if one.model.role == "language" else None
        if rate is None:
            return self.tr("quick")
        if rate > 2 * _READ_TOKENS_PER_S:
            return self.tr("writes faster than you read")
        return self.tr("writes as fast as you read") if rate >= _READ_TOKENS_PER_S else self.tr("writes slowly")

    def machine(self, survey: Survey) -> str:
        """Return what the machine has."""
        machine = survey.machine
        gpu = (
            self.tr("the {0}").format(machine.gpu.name) if machine.gpu else self.tr("no graphics processor for models")
        )
        return self.tr("{0} of memory, {1} processor cores, {2}.").format(
            size(machine.memory_bytes), machine.cores, gpu
        )

    def disk(self, survey: Survey) -> str:
        """Return how much room there is, and how much the models take."""
        here = sum(one.model.bytes for one in survey.models.values() if one.state == "installed")
        return self.tr("{0} of models are here; {1} of the disk are free.").format(size(here), size(survey.free_bytes))

    def state(self, one: Surveyed) -> str:
        """Return whether a model is here."""
        if one.state == "damaged":
            return self.tr("Damaged")
        if one.state == "missing":
            return self.tr("{0} of it are here").format(size(one.kept_bytes)) if one.kept_bytes else self.tr("Not here")
        return self.tr("In use") if one.used else self.tr("Here")

    def how_far(self, errand: Errand) -> str:
        """Return how far an errand is, how fast it goes and how long it will take."""
        standing = errand.standing
        if errand.phase == "queued":
            return self.tr("Waits for its turn")
        parts = [self._doing(errand, standing)]
        if standing is not None and standing.total_bytes and errand.deed != "remove":
            parts[0] += self.tr(": {0} of {1}").format(size(standing.done_bytes), size(standing.total_bytes))
        if standing is not None and errand.phase == "running" and standing.stage == "downloading":
            if standing.bytes_per_s is not None:
                parts.append(self.tr("{0}/s").format(size(standing.bytes_per_s)))
            if standing.left_s is not None:
                parts.append(self.duration(standing.left_s))
        return " · ".join(parts)

    def duration(self, seconds: float) -> str:
        """Return how long something will still take, roughly."""
        if seconds < 60:
            return self.tr("less than a minute left")
        minutes = round(seconds / 60)
        if minutes < 60:
            return self.tr("{0} min left").format(minutes)
        return self.tr("{0} h {1} min left").format(minutes // 60, minutes % 60)

    def _languages(self) -> dict[str, str]:
        return {
            "ar": self.tr("Arabic"),
            "de": self.tr("German"),
            "en": self.tr("English"),
            "es": self.tr("Spanish"),
            "fr": self.tr("French"),
            "it": self.tr("Italian"),
            "ja": self.tr("Japanese"),
            "ko": self.tr("Korean"),
            "pt": self.tr("Portuguese"),
            "ru": self.tr("Russian"),
            "th": self.tr("Thai"),
            "vi": self.tr("Vietnamese"),
            "zh": self.tr("Chinese"),
        }

    def _doing(self, errand: Errand, standing: Standing | None) -> str:
        if errand.phase == "paused":
            return self.tr("Paused")
        if errand.deed in ("remove", "clear"):
            return self.tr("Removing")
        if standing is None:
            return self.tr("Begins")
        if standing.stage == "waiting":
            return self.tr("Waits for another MIA")
        if standing.stage == "verifying":
            return self.tr("Checking")
        return self.tr("Putting together") if standing.stage == "assembling" else self.tr("Fetching")
