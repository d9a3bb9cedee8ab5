"""Asks the user before a sense is used, as their consents say."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from mia_desktop.core.errors import MiaError, RefusedError
from mia_desktop.gui.household import Household
from mia_desktop.security.consent import USES, Answer

translate = QCoreApplication.translate


def allowed(use: str, household: Household | None, parent: QWidget) -> bool:
    """Tell whether the user allows `use` now; asks them where they want to be asked.

    A guest is asked each time. Raises RefusedError when they refused it for good.
    """
    consents = household.memory.consents if household is not None and household.memory and household.unlocked else None
    answer: Answer = consents.answer(use) if consents is not None else USES[use].first
    if answer == "refused":
        raise RefusedError(
            translate("Consent", "You do not allow this: {0} Change it on the Privacy page.").format(USES[use].help)
        )
    if answer == "asks":
        answer = _ask(use, parent, always=consents is not None)
        if answer == "refused":
            return False
        if consents is not None:
            try:
                if answer == "allowed":
                    consents.set(use, "allowed")
                else:
                    consents.used_once(use)
            except MiaError:
                return False
    return True


def _ask(use: str, parent: QWidget, *, always: bool) -> Answer:
    """Return "allowed" for always, "asks" for this once, "refused" for not now."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle("MIA")
    box.setText(
        translate("Consent", "May MIA look through the camera?")
        if use == "camera.look"
        else translate("Consent", "May MIA look at the screen?")
    )
    box.setInformativeText(translate("Consent", "What she sees stays on this machine."))
    once = box.addButton(translate("Consent", "This once"), QMessageBox.ButtonRole.AcceptRole)
    for_good = box.addButton(translate("Consent", "Always"), QMessageBox.ButtonRole.YesRole) if always else None
    no = box.addButton(translate("Consent", "Not now"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(once)
    box.setEscapeButton(no)
    box.exec()
    if box.clickedButton() is once:
        return "asks"
    return "allowed" if for_good is not None and box.clickedButton() is for_good else "refused"
