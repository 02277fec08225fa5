"""Read a labelled corpus of articles and say how well it was understood.

python -m bench.backtest [--corpus DIR] [--articles FILE] [--compare OLD] [--write FILE]
"""

import argparse
import importlib.util
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from bot.catalogue.file import read_catalogue
from bot.catalogue.names import Names
from bot.model import ShowId
from bot.news.explain import explain
from bot.news.lines import read_line, write_line
from bot.news.reading import Reading
from bot.news.understand import understand

CORPUS = Path(__file__).resolve().parent.parent.parent / "shared" / "corpus"
_BINS = 10
_MEASURES = (
    ("show precision", "show_precision", 0.98),
    ("show recall", "show_recall", 0.96),
    ("non-news announced", "false_announce_rate", 0.0),
    ("news announced", "announce_recall", None),
    ("kinds, micro-F1", "kind_micro_f1", 0.96),
    ("season right where stated", "season_accuracy_when_stated", 0.97),
    ("season kept empty where none", "season_null_kept_null", None),
    ("premiere compatible", "premiere_compatible", 0.96),
    ("premiere where none is", "premiere_false", None),
)
Row = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the backtest; 0 also where there is no corpus."""
    parser = argparse.ArgumentParser(prog="python -m bench.backtest", description=__doc__)
    parser.add_argument(
        "--corpus", type=Path, default=CORPUS, help="folder of articles, catalogue and scorer"
    )
    parser.add_argument("--articles", type=Path, help="labelled articles (default: the corpus's own)")
    parser.add_argument("--compare", type=Path, help="claims written earlier: print what changed")
    parser.add_argument("--write", type=Path, help="write the claims to this file")
    parser.add_argument("--brief", action="store_true", help="print the measures alone")
    chosen = parser.parse_args(arguments)
    articles = chosen.articles or chosen.corpus / "articles-dev.jsonl"
    if not (chosen.corpus / "score_articles.py").exists() or not articles.exists():
        print(f"There is no corpus at {chosen.corpus}; nothing was measured.")
        return 0
    return _run(chosen, articles)


def _run(chosen: argparse.Namespace, articles: Path) -> int:
    scorer = _load_scorer(chosen.corpus / "score_articles.py")
    labels: list[Row] = scorer.load(articles)
    catalogue = read_catalogue(chosen.corpus / "shows.csv.gz")
    names = Names(catalogue.shows)
    readings = {label["id"]: _understood(label, names) for label in labels}
    told = [json.loads(write_line(one, reading, catalogue.ids)) for one, reading in readings.items()]
    measures, detail, errors = scorer.score(labels, told)
    _print_measures(measures)
    if not chosen.brief:
        _print_kinds(detail)
        _print_confusion(labels, told)
        _print_reliability(scorer, labels, told, readings, catalogue.ids)
        _print_misses(errors, {row["id"]: row for row in told}, readings)
    if chosen.write:
        chosen.write.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in told), "utf-8")
        print(f"\nClaims written to {chosen.write}.")
    if chosen.compare:
        _print_changes(scorer.load(chosen.compare), told)
    return 0


def _load_scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_articles", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is no Python module.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _understood(label: Row, names: Names) -> Reading:
    _, article, dated = read_line(json.dumps(label))
    return understand(article, names, dated=dated)


def _print_measures(measures: Mapping[str, Any]) -> None:
    print(f"{measures['positives']} articles with news, {measures['negatives']} without\n")
    for name, key, floor in _MEASURES:
        wanted = "" if floor is None else f"   (floor {floor:.2f})"
        print(f"{name:32} {measures[key]:6.3f}{wanted}")


def _print_kinds(detail: Mapping[str, Any]) -> None:
    print("\nkind                  n     P     R    F1")
    for kind, row in detail["kinds"].items():
        print(f"{kind:19} {row['n']:4} {row['precision']:.3f} {row['recall']:.3f} {row['f1']:.3f}")
    print("\nlanguage    P     R    F1 (shows)")
    for language, row in detail["langs"].items():
        print(f"{language:8} {row['precision']:.3f} {row['recall']:.3f} {row['f1']:.3f}")


def _print_confusion(labels: Iterable[Row], told: Iterable[Row]) -> None:
    """Print which kinds were missed and which were told in their place."""
    rows = {row["id"]: row for row in told}
    pairs: Counter[tuple[str, str]] = Counter()
    for label in labels:
        if label["negative_type"] is not None or not label["shows"]:
            continue
        wanted, found = set(label["kinds"]), set(rows[label["id"]]["kinds"])
        missed, extra = sorted(wanted - found) or ["-"], sorted(found - wanted) or ["-"]
        pairs.update((one, other) for one in missed for other in extra if (one, other) != ("-", "-"))
    print("\nmissed               told instead")
    for (one, other), count in pairs.most_common(25):
        print(f"{one:20} {other:20} {count}")


def _print_reliability(
    scorer: ModuleType,
    labels: Iterable[Row],
    told: Iterable[Row],
    readings: Mapping[str, Reading],
    ids: Mapping[ShowId, str],
) -> None:
    """Print, for claims of each confidence, how many were right in show and kind."""
    rows = {row["id"]: row for row in told}
    counts, sums, right = Counter[int](), Counter[int](), Counter[int]()
    for label in labels:
        for claim in readings[label["id"]].claims:
            place = min(int(claim.confidence * _BINS), _BINS - 1)
            counts[place] += 1
            sums[place] += claim.confidence  # type: ignore[assignment] # a Counter of floats adds up well
            shows = rows[label["id"]]["shows"]
            pred = next((one for one in shows if one["id"] == ids[claim.show_id]), None)
            right[place] += pred is not None and any(
                scorer.same_show(gold, pred) and claim.kind in (gold["kinds"] or label["kinds"])
                for gold in label["shows"]
            )
    print("\nconfidence    claims   mean  right")
    for place in range(_BINS):
        if counts[place]:
            mean, share = sums[place] / counts[place], right[place] / counts[place]
            print(
                f"{place / _BINS:.1f} to {(place + 1) / _BINS:.1f} {counts[place]:9} {mean:6.2f} {share:6.2f}"
            )


def _print_misses(
    errors: Iterable[tuple[float, Row, list[str]]], told: Mapping[str, Row], readings: Mapping[str, Reading]
) -> None:
    for weight, label, why in errors:
        print(f"\n[{weight:.1f}] {label['id']} ({label['source']}, {label['lang']}, {label['date']})")
        print("   " + "; ".join(why))
        for gold in label["shows"]:
            wanted = (gold["kinds"], gold["season"], gold["premiere"])
            print(f"   wanted {gold['name']} {gold['year']}: {wanted}")
        print("   " + explain(readings[label["id"]]).replace("\n", "\n   "))


def _print_changes(old: Iterable[Row], new: Iterable[Row]) -> None:
    before = {row["id"]: _essence(row) for row in old}
    changed = [(row["id"], before.get(row["id"]), _essence(row)) for row in new]
    for line_id, was, now in changed:
        if was != now:
            print(f"\n{line_id}\n  was {was}\n  is  {now}")
    print(f"\n{sum(was != now for _, was, now in changed)} articles are read otherwise than before.")


def _essence(row: Row) -> Row:
    """Leave out the evidence, which changes with every weight."""
    return {key: value for key, value in row.items() if key != "evidence"}


if __name__ == "__main__":
    sys.exit(main())
