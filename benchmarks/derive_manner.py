"""Derive the weights of courtesy (simulator/lexicon/manner.json) from human politeness ratings.

    python benchmarks/derive_manner.py FOLDER

``FOLDER`` holds the Stanford Politeness Corpus (Danescu-Niculescu-Mizil et al., ACL 2013;
Apache-2.0) as CSV with columns ``text`` and ``politeness``. Two thirds fit a ridge regression on
the presence of cues, one third checks it; only the weights are shipped. Polish uses the same
weights on its own cues, which no Polish rating has confirmed.
"""

import argparse
import csv
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr

from simulator.judgement.annotation import annotate
from simulator.judgement.manner import COURTESY, courtesy_features
from simulator.judgement.text import parse

TABLE = Path(__file__).parent.parent / "simulator" / "lexicon" / "manner.json"
PENALTY = 20.0


def load(folder: Path) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return features and ratings of every text in a folder."""
    rows = [
        row
        for path in sorted(folder.glob("*.csv"))
        for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    ]
    features = [courtesy_features(annotate(parse(row["text"]), "en")) for row in rows]
    return np.array(features), np.array([float(row["politeness"]) for row in rows])


def main() -> None:
    """Fit, check and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    features, ratings = load(parser.parse_args().folder)
    held = np.arange(len(ratings)) % 3 == 0
    mean = ratings[~held].mean()
    fitted = features[~held]
    weights = np.linalg.solve(
        fitted.T @ fitted + PENALTY * np.eye(fitted.shape[1]), fitted.T @ (ratings[~held] - mean)
    )
    guess = features @ weights
    print("held out:", round(float(spearmanr(guess[held], ratings[held]).statistic), 3))
    rows = {name: round(float(weight), 3) for name, weight in zip(COURTESY, weights, strict=True)}
    low, high = np.percentile(guess, [5, 95])
    table = {"weights": rows, "low": round(float(low), 3), "high": round(float(high), 3)}
    TABLE.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    print(rows)


if __name__ == "__main__":
    main()
