"""Watches the machine while MIA runs, whatever page is open, and tells once what is worse than it should be."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal, Slot

from mia_desktop.gui.household import Household
from mia_desktop.gui.numbers import number
from mia_desktop.monitor.alerts import Alert, Vigil, alerts
from mia_desktop.monitor.observed import Observed
from mia_desktop.monitor.resources import Usage, UsageMeter

translate = QCoreApplication.translate  # the name that lupdate looks for
_LOOK_MS: Final = 5000


class AlertWatch(QObject):
    """Looks every five seconds.

    Attributes:
        told: a sentence for the user.
    """

    told = Signal(str)

    def __init__(self, household: Household, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._household = household
        self._meter: UsageMeter | None = None
        self._vigil = Vigil()
        self._soon = QTimer(self, interval=_LOOK_MS, timerType=Qt.TimerType.VeryCoarseTimer)
        self._soon.timeout.connect(self.look)
        self._soon.start()

    @Slot()
    def look(self) -> None:
        """Look once; the shares of the processor are those since the last time."""
        if self._meter is None:
            self._meter = UsageMeter()
            return
        for alert in self._vigil.look(over_bound(self._meter.read(), self._household.observed)):
            self.told.emit(in_words(alert))


def over_bound(usage: Usage, observed: Observed) -> list[Alert]:
    """Return what is worse than it should be in what was measured just now and in what was observed so far."""
    return alerts(
        machine_cpu_percent=usage.machine_cpu_percent,
        machine_memory_percent=usage.machine_memory_percent,
        answer_p95_s=observed.answer_s(0.95),
        turns=observed.turns,
    )


def in_words(alert: Alert) -> str:
    """Return a sentence for the user."""
    match alert.kind:
        case "processor":
            told = translate("Alerts", "The processor is at {0} %. Close what else computes, or choose smaller models.")
            return told.format(number(alert.value, 0))
        case "memory":
            told = translate("Alerts", "Memory is {0} % full. Close other programs, or choose smaller models.")
            return told.format(number(alert.value, 0))
        case "answers":
            told = translate(
                "Alerts", "One answer in twenty takes longer than {0} s. A smaller language model is faster."
            )
            return told.format(number(alert.value, 1))
