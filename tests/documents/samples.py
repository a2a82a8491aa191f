"""Documents to draw: a small one whole enough to approve, and a long one to look at."""

from __future__ import annotations

from decimal import Decimal

from goldenthread.documents.tree import (
    Answer,
    Block,
    BulletList,
    Cell,
    Chart,
    ChartPoint,
    Column,
    ColumnKind,
    CountRow,
    Document,
    ExceptionForm,
    Fact,
    Heading,
    Notice,
    Orientation,
    Paragraph,
    RatingCounts,
    Row,
    Section,
    Sparkline,
    Table,
    Tone,
)
from goldenthread.domain.rating import Rating

_RATINGS = [Rating.GREEN, Rating.AMBER, Rating.GREEN, Rating.RED, Rating.GREEN, None]
_PLANS = {
    "cypf": "Children, Young People and Families",
    "hchop": "Healthier Communities, Housing and Older People",
    "aese": "Access to Education, Skills and Employment",
    "sscc": "Safe, Strong and Cohesive Communities",
    "es": "Environmental Sustainability",
    "ci": "Corporate Improvement",
}
_LONG = (
    "The over-59s took up their cards quickly, and the leisure centres report full morning "
    "sessions. Fewer young people came than the scheme needs: only two of the five high schools "
    "have told their pupils, and the card still has to be fetched in person."
)


def paper(plans: int = 1, items: int = 3, reports: int = 1) -> Document:
    """Make a quarterly paper of so many plans, items a table and exception reports a plan."""
    codes = list(_PLANS)[:plans]
    sections = [_summary(codes, items)]
    for code in codes:
        sections += _plan_sections(code, items, reports)
    return Document(
        title="Priority Delivery Plans: quarter 1 of 2009/10",
        council="Cannock Chase District Council",
        forum="Scrutiny Committee",
        cycle="Quarter 1, April to June 2009",
        running_head="Scrutiny Committee: quarter 1 of 2009/10",
        facts=(
            Fact("Meeting", "8 September 2009"),
            Fact("Report of", "Chief Executive\nPerformance Manager"),
            Fact("What is asked", "Consider the exception reports, red ones first."),
        ),
        sections=tuple(sections),
    )


def one(*blocks: Block, title: str = "Evidence") -> Document:
    """Make a document with one section of these blocks."""
    return Document(
        title="A paper",
        council="A council",
        forum="A forum",
        cycle="Quarter 1",
        sections=(Section(title=title, anchor="evidence", blocks=blocks),),
    )


def _summary(codes: list[str], items: int) -> Section:
    counts = tuple(CountRow(_PLANS[code], f"{code}-actions", 1, items, 12, 2) for code in codes)
    return Section(
        title="Where we are",
        anchor="summary",
        blocks=(
            Paragraph("One action in six is behind, most of them in one plan.", Tone.LEAD),
            RatingCounts(rows=counts, caption="Actions and indicators, by plan"),
            Heading("What moved", level=2),
            BulletList(("Museum visits rose above their path.", "Two actions turned red.")),
            Paragraph("Figures for June are provisional.", Tone.NOTE),
        ),
    )


def _plan_sections(code: str, items: int, reports: int) -> list[Section]:
    return [
        Section(
            title=f"{_PLANS[code]}: actions",
            anchor=f"{code}-actions",
            blocks=(_actions(code, items), Notice("Two returns have not come in yet.")),
        ),
        Section(
            title=f"{_PLANS[code]}: indicators",
            anchor=f"{code}-indicators",
            orientation=Orientation.LANDSCAPE,
            blocks=(_indicators(code, items),),
        ),
        Section(title=f"{_PLANS[code]}: a closer look", anchor=f"{code}-trend", blocks=(_chart(),)),
        Section(
            title=f"{_PLANS[code]}: exception reports",
            anchor=f"{code}-reports",
            blocks=tuple(_form(code, number) for number in range(1, reports + 1)),
        ),
    ]


def _actions(code: str, items: int) -> Table:
    rows = [Row((Cell("To increase participation in sport and physical activity"),), is_group=True)]
    for number in range(items):
        rating = _RATINGS[number % 6]
        refers = number == 3 % items
        rows.append(
            Row(
                (
                    Cell("Free swimming for under-17s and over-59s for two years"),
                    Cell("From 1 April 2009", note="No completion date"),
                    Cell("Leisure Services Manager\nChase Leisure Centre"),
                    Cell(
                        rating=rating,
                        rating_label="" if rating else "Not due to start",
                        was=_RATINGS[(number + 1) % 6],
                        reference=f"{code}-report-1" if refers else "",
                    ),
                    Cell(_LONG),
                ),
                anchor=f"{code}-action-{number}",
            )
        )
    return Table(
        caption=f"Actions of {code.upper()}",
        columns=(
            Column("How"),
            Column("When", width=5),
            Column("Who", width=6),
            Column("Rating", ColumnKind.RATING, 6),
            Column("Progress", width=12),
        ),
        rows=tuple(rows),
        note="An action that is not due to start is listed and not counted.",
    )


def _indicators(code: str, items: int) -> Table:
    figures = [("Target 2009/10", "54,000"), ("Apr", "4,000"), ("May", "5,000"), ("Jun", "6,000")]
    months = tuple(Column(title, ColumnKind.FIGURE) for title, _ in figures)
    rows = [Row((Cell("Reported monthly"),), is_group=True)]
    for number in range(items):
        rows.append(
            Row(
                (
                    Cell(f"{code.upper()}{number + 7}", note="BVP1170a"),
                    Cell("Visits to and usage of museums and galleries (per 1000 population)"),
                    Cell("High"),
                    Cell("Annual target 47,200"),
                    Cell("54,606"),
                    *(Cell(figure) for _, figure in figures),
                    Cell("59,000"),
                    Cell(
                        sparkline=Sparkline(
                            tuple(Decimal(n) for n in (4000, 4800, 4100, 5200, 6000 + number)),
                            Decimal(4500),
                            "Rose from 4,000 in February to 6,000 in June.",
                        )
                    ),
                    Cell(_LONG, rating=_RATINGS[number % 6], rating_label="Not returned"),
                ),
                anchor=f"{code}-indicator-{number}",
            )
        )
        if number == items // 2:
            rows.append(Row((Cell("Reported quarterly"),), is_group=True))
    return Table(
        caption=f"Indicators of {code.upper()}",
        columns=(
            Column("Reference", width=5),
            Column("Definition", width=9),
            Column("Good is", width=3),
            Column("Baseline 2008/09", width=5),
            Column("Previous outturn", ColumnKind.FIGURE, 5),
            *months,
            Column("Estimated outturn", ColumnKind.FIGURE, 5),
            Column("Trend", ColumnKind.TREND),
            Column("Rating and comments", ColumnKind.RATING, 15),
        ),
        rows=tuple(rows),
    )


def _chart() -> Chart:
    months = ["Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"]
    figures = [4100, 4800, 5200, 5900, 6400, 5100, 4700, None, 4300, 3900, 4200, 9700]
    return Chart(
        title="Museum visits are above the path to 54,000",
        alt="Visits rose to 6,400 in August, fell in winter and reached 9,700 in March.",
        unit="Visits",
        points=tuple(
            ChartPoint(month, None if figure is None else Decimal(figure), month == "Mar")
            for month, figure in zip(months, figures, strict=True)
        ),
        target=Decimal(4500),
        lower=Decimal(3100),
        centre=Decimal(4850),
        upper=Decimal(6600),
    )


def _form(code: str, number: int) -> ExceptionForm:
    questions = [
        "Why is it red or amber?",
        "What has been done to improve it?",
        "What is planned, and by when?",
        "What limits or blocks it?",
        "Are more resources needed? Why, and with what effect?",
        "Must DMT and a Cabinet Member endorse them?",
        "Is this an exceptional circumstance that asks for a revision?",
    ]
    return ExceptionForm(
        title=f"{code.upper()} exception report {number}",
        anchor=f"{code}-report-{number}",
        rating=Rating.RED,
        facts=(
            Fact("Plan", _PLANS[code]),
            Fact("Lead Member of DMT", "Director of Organisation Improvement"),
            Fact("Officer responsible", "Leisure Services Manager"),
            Fact("Action", "Free swimming for under-17s and over-59s for two years"),
        ),
        answers=tuple(Answer(question, f"{_LONG}\n{_LONG}") for question in questions),
        back_reference=f"{code}-action-0",
    )
