import threading

from mia_desktop.core.bus import Bus
from mia_desktop.core.snapshots import EngineStatus


class FakeEngine:
    """Records commands and publishes from a thread of its own, as the engine does."""

    def __init__(self):
        self.bus = Bus()
        self.commands = []
        self.calls = []
        self.snapshots = 0
        self.level = 0.0
        self.hands_free = False
        self.guest = True
        self.unsaved = 0
        self.frame = None

    def start(self):
        self.calls.append("start")

    def submit(self, command):
        self.commands.append(command)

    def subscribe(self, listener):
        self.calls.append("subscribe")
        off = self.bus.subscribe(listener)

        def unsubscribe():
            self.calls.append("unsubscribe")
            off()

        return unsubscribe

    def snapshot(self):
        self.snapshots += 1
        return EngineStatus(
            state="ready",
            why="",
            level=self.level,
            samples_heard=0,
            samples_lost=0,
            hands_free=self.hands_free,
            guest=self.guest,
            unsaved=self.unsaved,
        )

    def view(self):
        return self.frame

    def stop(self):
        self.calls.append("stop")

    def tell(self, *events):
        thread = threading.Thread(target=lambda: [self.bus.publish(event) for event in events])
        thread.start()
        thread.join()
