"""Measures what `compare.py` does not: matrix products beside MKL, optimisers beside the memory roof, threads, growth with
the batch and with the steps, a network that no kernel was written for, and a program's way from its start to an answer.

    figures.py NEEDLETAIL OUTPUT [--parts matrix,layers,updates,threads,growth,variant,start] [--only TEXT] [--rounds 3]
               [--seconds 0.3] [--variant PROGRAM]

Everyone takes turns, and medians of the rounds are compared. What was measured is kept in OUTPUT's .json beside it, so that
parts (or, with --only, single rows whose name holds the text) can be measured anew without the rest.
"""
import datetime
import json
import pathlib
import statistics
import sys
import tempfile
import time

import machine
from measuring import chosen, measured, output_of, parser, row as table_row

HERE = pathlib.Path(__file__).parent
# Where a neighbour on one of the processors would be measured instead: the shortest step.
LEAST = "minStepSeconds"
PASSES = ["product", "gradient of the left", "gradient of the right"]
OPERATIONS = dict(zip(PASSES, ["matmul", "matmul-input-gradient", "matmul-weight-gradient"]))
# Side of the maps, channels and filters of the 1×1 convolutions of ResNet-50, each once; 16 images.
LAYERS = [
    (56, 64, 64), (56, 64, 256), (56, 256, 64), (56, 256, 128), (28, 256, 512), (28, 128, 512), (28, 512, 128), (28, 512, 256),
    (14, 512, 1024), (14, 256, 1024), (14, 1024, 256), (14, 1024, 512), (7, 1024, 2048), (7, 512, 2048), (7, 2048, 512)]


def in_turn(rounds, *contestants):
    """The medians of what the contestants, called in turn, return."""
    results = [[] for _ in contestants]
    for _ in range(rounds):
        for values, contestant in zip(results, contestants):
            values.append(contestant())
    return [statistics.median(values) for values in results]


def ours(options, *arguments, value="imagesPerSecond", seconds=None):
    command = [options.needletail, "benchmark", *arguments, "--seconds", seconds or options.seconds, "--json"]
    return lambda: measured(command)[value]


def peer(options, network, batch, mode, threads, who="channels-last", value="imagesPerSecond"):
    command = [sys.executable, HERE / "peer.py", network, batch, mode, who, threads, options.seconds]
    return lambda: measured(command)[value]


def mkl(m, k, n, which, threads, seconds):
    """The median time of a product by PyTorch, into memory that is there already."""
    import torch

    torch.set_num_threads(threads)
    left, right, result = torch.randn(m, k), torch.randn(k, n), torch.randn(m, n)
    operands = {
        PASSES[0]: (left, right, torch.empty(m, n)), PASSES[1]: (result, right.t(), torch.empty(m, k)),
        PASSES[2]: (left.t(), result, torch.empty(k, n))}[which]
    torch.set_num_threads(threads)

    def run():
        times, start = [], None
        while len(times) < 5 or time.perf_counter() - start < seconds:
            before = time.perf_counter()
            torch.mm(*operands[:2], out=operands[2])
            times.append(time.perf_counter() - before)
            start = start or time.perf_counter()
        return statistics.median(times[2:])

    return run


def product_row(options, m, k, n, which, threads):
    arguments = ["--operation", OPERATIONS[which], "--input", f"{m}x{k}", "--weight", f"{k}x{n}", "--threads", threads]
    here, there = in_turn(
        options.rounds, ours(options, *arguments, value="medianStepSeconds"), mkl(m, k, n, which, threads, options.seconds))
    rate = 2e-9 * m * k * n
    return [f"{rate / here:.0f}", f"{rate / there:.0f}", f"{there / here:.2f}"]


def matrix(options):
    for side in (512, 1024, 2048):
        for threads in (1, 2):
            yield f"{side}³, {threads} thread{'s' * (threads > 1)}", lambda: product_row(
                options, side, side, side, PASSES[0], threads)


def layers(options):
    for side, channels, filters in LAYERS:
        for which in PASSES:
            yield f"{channels} → {filters}, {side}×{side}, {which}", lambda: product_row(
                options, 16 * side * side, channels, filters, which, 2)


def updates(options):
    for name in ("sgd", "adam"):
        def row():
            arguments = ["benchmark", "--operation", name, "--input", 25_000_000, "--seconds", options.seconds, "--json"]
            runs = [measured([options.needletail, *arguments]) for _ in range(options.rounds)]
            step = statistics.median(run["medianStepSeconds"] for run in runs)
            roof = max(run["roofBytesPerSecond"] for run in runs)
            least = runs[0]["bytesPerSecond"] * runs[0]["medianStepSeconds"] / roof
            return [f"{step * 1e3:.1f}", f"{roof * 1e-9:.0f}", f"{step / least:.2f}"]

        yield f"{name}, 25 million parameters", row


def threads(options):
    for network, batch in (("vgg16", 8), ("resnet18", 16)):
        def row():
            return cells(in_turn(options.rounds, *(
                ours(options, network, "--batch-size", batch, "--threads", count, value=LEAST) for count in (1, 2))))

        def peers():
            return cells(in_turn(1, *(peer(options, network, batch, "train", count, value=LEAST) for count in (1, 2))))

        def cells(steps):
            return [f"{batch / step:.3g}" for step in steps] + [f"{steps[0] / steps[1]:.2f}"]

        yield f"{network}, {batch} images, Needletail", row
        yield f"{network}, {batch} images, PyTorch", peers


def growth(options):
    for network in ("lenet5", "resnet18"):
        def batches():
            few, many = in_turn(
                options.rounds, *(ours(options, network, "--batch-size", size, value=LEAST) for size in (8, 64)))
            return [f"{1e3 / 8 * few:.4g}", f"{1e3 / 64 * many:.4g}", f"{many / 64 / (few / 8):.2f}"]

        def steps():
            short, long = in_turn(
                options.rounds, ours(options, network, "--batch-size", 8, value="medianStepSeconds"),
                ours(options, network, "--batch-size", 8, value="medianStepSeconds", seconds=10 * options.seconds))
            return [f"{1e3 / 8 * short:.4g}", f"{1e3 / 8 * long:.4g}", f"{long / short:.2f}"]

        yield f"{network}: 8 images a step, 64", batches
        yield f"{network}: for {options.seconds:g} s, ten times as long", steps


def variant(options):
    pytorch = ["eager", "channels-last"]
    for mode, peers in (("train", pytorch), ("infer", pytorch + ["onnxruntime", "openvino-float32"])):
        def row():
            known, other = in_turn(
                options.rounds, lambda: gain("lenet5", ours(options, "lenet5", "--batch-size", 64, "--mode", mode)),
                lambda: gain("variant", lambda: measured([options.variant, 64, mode, 2, options.seconds])["imagesPerSecond"]))
            return [f"{known:.2f}", f"{other:.2f}", f"{other / known:.2f}"]

        def gain(network, rate):
            return rate() / max(peer(options, network, 64, mode, 2, who)() for who in peers)

        yield {"train": "training", "infer": "inference"}[mode] + ", 64 images", row


def start(options):
    """Weights, network and photograph are made here, once."""
    folder = pathlib.Path(tempfile.gettempdir()) / "needletail-start"
    if not (folder / "photograph.jpg").exists():
        output_of([sys.executable, HERE / "start.py", "make", folder])
    weights, photograph = folder / "resnet18.safetensors", folder / "photograph.jpg"

    def timed(*command):
        def run():
            before = time.perf_counter()
            output_of(command)
            return time.perf_counter() - before

        return run

    def row():
        here = timed(options.needletail, "predict", "--model", "resnet18", "--weights", weights, photograph)
        there = timed(sys.executable, HERE / "start.py", "answer", folder / "resnet18.onnx", photograph)
        here(), there()
        times = in_turn(max(7, options.rounds), here, there)
        return [f"{time * 1e3:.0f}" for time in times] + [f"{times[0] / times[1]:.2f}"]

    yield "resnet18, a photograph of 640×480", row


PARTS = {
    "matrix": (matrix, "Matrix products of squares", ["", "GFLOP/s", "MKL through PyTorch", "ratio"]),
    "layers": (
        layers, "Matrix products of ResNet-50's 1×1 convolutions, 16 images, 2 threads",
        ["channels, maps, pass", "GFLOP/s", "MKL through PyTorch", "ratio"]),
    "updates": (updates, "Optimisers, 2 threads", ["", "ms", "copies, GB/s", "time by that of copying as much"]),
    "threads": (threads, "Training with 1 and 2 threads, by the shortest steps", ["", "images/s, 1 thread", "2 threads", "ratio"]),
    "growth": (
        growth, "Training: time of an image, 2 threads, batches by the shortest steps",
        ["", "ms, first", "ms, second", "second by first"]),
    "variant": (
        variant, "LeNet-5 with 5@3×3 in place of 6@5×5, ReLU and average pooling, 2 threads",
        ["", "LeNet-5 by its best peer", "the variant by its best peer", "of LeNet-5's gain"]),
    "start": (
        start, "From the start of the program to the answer",
        ["", "needletail predict, ms", "ONNX Runtime in Python, ms", "ratio"]),
}


def document(kept):
    lines = ["# Single figures", "", "Written by `make bench-figures`; medians of measurements in turn, in float32."]
    for part, (_, title, header) in PARTS.items():
        rows = kept.get(part, {})
        if rows:
            lines += ["", f"## {title}", "", table_row(header), "|---|" + "--:|" * (len(header) - 1)]
            lines += [table_row([name] + row["cells"]) for name, row in rows.items()]
            lines += ["", " ".join(sorted({row["conditions"] for row in rows.values()}))]
    return "\n".join(lines) + "\n"


def main():
    arguments = parser(seconds=0.3)
    arguments.add_argument("--parts", default=",".join(PARTS))
    arguments.add_argument("--only", default="")
    arguments.add_argument("--variant", help="the program Integration/Sources/variant")
    options = arguments.parse_args()
    parts = chosen(options.parts, PARTS, "parts")
    output = pathlib.Path(options.output)
    memory = output.with_suffix(".json")
    kept = json.loads(memory.read_text()) if memory.exists() else {}
    conditions = (
        f"{datetime.date.today().isoformat()}, {machine.processor()}, {machine.commit()}, {options.rounds} rounds of "
        f"{options.seconds:g} s.")
    for part in parts:
        for name, row in PARTS[part][0](options):
            if options.only not in name:
                continue
            cells = row()
            print(f"{name}: {'  '.join(cells)}", flush=True)
            kept.setdefault(part, {})[name] = {"cells": cells, "conditions": conditions}
            # After each row, so that a run that is stopped has not been for nothing.
            memory.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n")
            output.write_text(document(kept))


main()
