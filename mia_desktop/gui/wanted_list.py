"""Whether the user wants to see the list of conversations, as the settings say."""

import dataclasses

from PySide6.QtCore import QObject

from mia_desktop.core import config
from mia_desktop.core.errors import MiaError
from mia_desktop.gui.background import in_background
from mia_desktop.gui.household import Household


def list_wanted(household: Household | None) -> bool:
    """Tell whether the list is to be beside the conversation."""
    try:
        return household is not None and household.settings.conversation_list
    except MiaError:  # the engine's maker tells the user that the settings cannot be read
        return True


def want_list(household: Household | None, on: bool, owner: QObject) -> None:
    """Remember whether the list is wanted; where that cannot be written, it is for this once."""
    if household is None:
        return
    settings = household.settings

    def keep() -> None:
        config.save(dataclasses.replace(settings, conversation_list=on), household.paths.settings)

    in_background(owner, keep)
