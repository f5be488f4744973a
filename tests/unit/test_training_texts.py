"""The annotated texts that the models are trained on follow their guides (training/*.md)."""

import pytest

from training.events import all_told, read_event
from training.reports import Marked, Report, all_reports
from training.sentences import all_lines, read_line


def test_every_annotated_event_can_be_read() -> None:
    told = list(all_told())
    assert len({report.id for report, _ in told}) == len(told)
    assert {report.id for report, _ in told} <= {report.id for report in all_reports()}
    for report, events in told:
        for event in events:
            first, last = event.evidence
            assert first <= event.start < event.end <= len(report.text)
            assert first < last <= len(report.text)


def test_every_sentence_can_be_read() -> None:
    for line in all_lines():
        assert all(line.text[mark.start : mark.end] == mark.text for mark, _ in line.places)
        assert all(line.text[t.start : t.end].strip() for t in line.triggers)


def test_marks_are_taken_out_of_a_line() -> None:
    line = read_line("x-1", "Guns <<pounded|shelling|occurred>> [[Saida|event_place]] from [[Homs|origin]].")
    assert line.text == "Guns pounded Saida from Homs."
    assert [(t.kind, t.status, line.text[t.start : t.end]) for t in line.triggers] == [
        ("shelling", "occurred", "pounded")
    ]
    assert [(mark.text, mark.role) for mark, _ in line.places] == [("Saida", "event_place"), ("Homs", "origin")]


@pytest.mark.parametrize("line", [
    "Guns <<pounded|pounding|occurred>> the town.",  # no such kind
    "Guns <<pounded|shelling|perhaps>> the town.",  # no such status
    "Guns hit [[Saida|target]].",  # no such role
    "Guns hit [[Saida|event_place:2]].",  # no such event
    "Guns hit [[the Bekaa|event_place]].",
    "Guns [[hit Saida.",
])  # fmt: skip
def test_faults_of_a_line(line: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_line("x-1", line)


_ROW = {
    "trigger": ["shelled", 1], "kind": "shelling", "status": "occurred", "place": ["Saida", 1], "relation": None,
    "date": ["2018-07-04", "2018-07-04"], "fatalities": [2, 2, None], "injured": None, "actors": [],
    "evidence": "Troops shelled Saida",
}  # fmt: skip
_REPORT = Report("x", "Troops shelled Saida on Wednesday.", (Marked(15, 20, "Saida", "event_place", "SY/Daraa"),))


def test_an_event_of_a_report() -> None:
    event = read_event(_ROW, _REPORT)
    assert (event.start, event.end, event.place, event.evidence) == (7, 14, _REPORT.marks[0], (0, 20))


@pytest.mark.parametrize("change", [
    {"trigger": ["shelled", 2]}, {"trigger": ["bombed", 1]}, {"kind": "bombing"}, {"status": "maybe"},
    {"place": ["Saida", 2]}, {"place": ["Homs", 1]}, {"date": ["2018-07-05", "2018-07-04"]},
    {"fatalities": [3, 2, None]}, {"fatalities": [None, None, None]}, {"actors": [["army", "victor"]]},
    {"relation": "north of Saida"}, {"evidence": "on Wednesday"},
])  # fmt: skip
def test_faults_of_an_event(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_event(_ROW | change, _REPORT)
