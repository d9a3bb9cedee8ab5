from mia_desktop.monitor.alerts import Vigil, alerts


def kinds(cpu=10.0, memory=10.0, p95=None, turns=20):
    found = alerts(machine_cpu_percent=cpu, machine_memory_percent=memory, answer_p95_s=p95, turns=turns)
    return [one.kind for one in found]


def test_nothing_is_told_while_all_is_within_its_bound():
    assert kinds(80.0, 85.0, 2.0) == []
    assert kinds(p95=None) == []


def test_each_bound_has_its_alert():
    assert kinds(80.1, 85.1, 2.1) == ["processor", "memory", "answers"]


def test_a_few_turns_say_nothing_of_the_slow_ones():
    assert kinds(p95=9.0, turns=4) == []


def found(cpu=10.0, memory=10.0):
    return alerts(machine_cpu_percent=cpu, machine_memory_percent=memory, answer_p95_s=None, turns=0)


def test_what_lasts_is_told_once():
    vigil = Vigil()
    told = [[one.kind for one in vigil.look(found(cpu=99.0))] for _ in range(40)]
    assert told == [*[[]] * 11, ["processor"], *[[]] * 28]


def test_the_work_of_a_turn_is_not_worth_a_word():
    vigil = Vigil()
    for _ in range(20):
        for _ in range(11):
            assert vigil.look(found(cpu=99.0)) == []
        assert vigil.look(found()) == []
    told = [vigil.look(found(memory=90.0)) for _ in range(3)]
    assert [len(one) for one in told] == [0, 0, 1]
