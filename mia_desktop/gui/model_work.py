"""What is done to models, told to the window: by its page, its wizard, or nobody who looks."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from mia_desktop.core import config
from mia_desktop.core.paths import Paths
from mia_desktop.gui.background import in_background
from mia_desktop.gui.bridge import Bridge
from mia_desktop.gui.household import Household
from mia_desktop.library.machine import Machine
from mia_desktop.library.store import Store
from mia_desktop.library.survey import CHOSEN_BY, NEEDED_TO_TALK, Survey, survey
from mia_desktop.library.worklist import Errand, Worklist


class ModelWork(QObject):
    """The worklist of one MIA, and what is known of her models. All reading and work is done beside the window.

    Attributes:
        changed: an `Errand` that began, went on or ended.
        surveyed: a `Survey`, the newest.
        trouble: a sentence for the user.
        engine_wanted: a model that the engine uses came, went or changed.
        survey: the newest survey, or None before the first.
        looking: whether a newer one is under way.
    """

    changed = Signal(object)
    surveyed = Signal(object)
    trouble = Signal(str)
    engine_wanted = Signal()
    _heard = Signal(object)

    def __init__(self, paths: Paths, measure: Callable[[], Machine] = Machine.measure) -> None:
        super().__init__()
        self._paths = paths
        self._measure = measure
        self._machine: Machine | None = None
        self.looking = self._look_again = False
        self._touched: set[str] = set()
        self._to_use: set[str] = set()
        self.survey: Survey | None = None
        self.list = Worklist(lambda: Store(paths), self._hear)
        self._heard.connect(self._on_errand, Qt.ConnectionType.QueuedConnection)

    def look(self) -> None:
        """Look at all models; `surveyed` tells."""
        if self.looking:
            self._look_again = True
            return
        self.looking = True

        def work() -> Survey:
            self._machine = self._machine or self._measure()
            return survey(Store(self._paths), config.load(self._paths.settings), self._machine)

        in_background(self, work, self._seen, self._cannot_look)

    def fetch(self, *models: str) -> None:
        """Fetch models, one after the other."""
        for model in models:
            self.list.want("fetch", model)

    def add(self, *paths: Path) -> None:
        """Make models known that lie on this machine."""
        for path in paths:
            self.list.want("add", path.name, path)

    def use(self, *models: str) -> None:
        """Let the engine use models for their roles, and make it anew."""
        paths = self._paths

        def work() -> bool:
            catalog = Store(paths).catalog
            return config.change(paths.settings, {CHOSEN_BY[catalog[name].role]: name for name in models})

        in_background(self, work, self._chosen, self.trouble.emit)

    def use_when_here(self, *models: str) -> None:
        """Let the engine use models once they are here."""
        self._to_use = set(models)
        self.look()

    def close(self) -> None:
        """Stop; what was fetched is kept."""
        self.list.close()

    def _chosen(self, changed: bool) -> None:
        if changed:
            self.engine_wanted.emit()
            self.look()

    def _hear(self, errand: Errand) -> None:
        if isValid(self):
            self._heard.emit(errand)

    @Slot(object)
    def _on_errand(self, errand: Errand) -> None:
        if errand.phase == "done" and errand.deed in ("fetch", "remove"):
            self._touched.add(errand.model)
        if not errand.open:
            self.look()
        self.changed.emit(errand)

    def _seen(self, seen: Survey) -> None:
        before, self.survey = self.survey, seen
        self.surveyed.emit(seen)
        come = {name for name in self._to_use if name in seen.models and seen.models[name].state == "installed"}
        self._to_use -= come
        chosen = [name for name in come if seen.models[name].model.role in CHOSEN_BY and not seen.models[name].used]
        if chosen:
            self.use(*chosen)
        self._want_engine(before, seen)
        self._looked()

    def _cannot_look(self, sentence: str) -> None:
        self.trouble.emit(sentence)
        self._looked()

    def _looked(self) -> None:
        self.looking = False
        if self._look_again:
            self._look_again = False
            self.look()

    def _want_engine(self, before: Survey | None, seen: Survey) -> None:
        """Let the engine be made anew once all that it needs is here; what else it uses, when nothing is to come."""
        if seen.missing and (before is None or set(seen.missing) <= set(before.missing)):
            return
        roles = NEEDED_TO_TALK if self.list.busy else tuple(CHOSEN_BY)
        used = {
            name
            for one in (before, seen)
            if one is not None
            for name, model in one.models.items()
            if model.used and model.model.role in roles
        }
        if self._touched & used:
            self._touched.clear()
            self.engine_wanted.emit()


def work_of(household: Household, bridge: Bridge) -> ModelWork:
    """Return the one that a household has; the engine is made anew when it wants that."""
    if household.models is None:
        household.models = ModelWork(household.paths)
        household.models.engine_wanted.connect(bridge.engine_wanted)
    return household.models
