"""Measures Needletail and its peers alternately, and prints the table of ratios.

    compare.py NEEDLETAIL OUTPUT [--networks a,b] [--modes train,infer] [--rounds 3] [--seconds 5] [--threads 2]

Machines are noisy and differ: each round takes everyone in turn, medians of the rounds are compared, and ratios are what
counts. PyTorch is measured in both memory formats, OpenVINO as it comes (in bfloat16 where the processor has it) and in
float32. Two ratios are given: to the best of all peers, and to the best of those that calculate as exactly as we do.
"""
import datetime
import os
import pathlib
import statistics
import sys

import machine
from measuring import chosen, measured, output_of, parser, row

BATCHES = {"lenet5": 64, "resnet20": 128, "alexnet": 16, "vgg16": 8, "googlenet": 16, "resnet18": 16, "resnet50": 16}
INFERENCE_PEERS = ["eager", "channels-last", "onnxruntime", "openvino", "openvino-float32"]
# Latency is inference of one image, and the images in a second are its inverse.
PEERS = {"train": ["eager", "channels-last"], "infer": INFERENCE_PEERS, "latency": INFERENCE_PEERS}
SINGLE_IMAGES = ["lenet5", "resnet18", "resnet50"]
TITLES = {"train": "training", "infer": "inference", "latency": "inference"}
# What may calculate in bfloat16.
ROUNDING = {"openvino"}
OURS = "needletail"


def batch_size(network, mode):
    return 1 if mode == "latency" else BATCHES[network]


def command(options, who, network, mode):
    batch, work = batch_size(network, mode), "train" if mode == "train" else "infer"
    if who == OURS:
        return [
            options.needletail, "benchmark", network, "--batch-size", batch, "--mode", work, "--threads", options.threads,
            "--seconds", options.seconds, "--json"]
    script = pathlib.Path(__file__).with_name("peer.py")
    return [sys.executable, script, network, batch, work, who, options.threads, options.seconds]


def parameters(options):
    """Each network's parameters, as the program counts them."""
    lines = output_of([options.needletail, "models"]).splitlines()
    return {line.split()[0]: int(line.split()[1].replace(",", "")) for line in lines[1:]}


def compare(options, network, mode):
    """A row of the table."""
    contestants = [OURS] + PEERS[mode]
    rounds = {who: [] for who in contestants}
    for _ in range(options.rounds):
        for who in contestants:
            rounds[who].append(measured(command(options, who, network, mode)))
    for who in PEERS[mode]:
        if rounds[who][0]["parameters"] != parameters(options)[network]:
            sys.exit(f"{network}: {who} has {rounds[who][0]['parameters']} parameters, which is another network")
    rates = {who: statistics.median(m["imagesPerSecond"] for m in rounds[who]) for who in contestants}
    memory = {who: statistics.median(m["peakMemoryBytes"] for m in rounds[who]) for who in contestants}
    best = max(PEERS[mode], key=rates.get)
    exact = max((peer for peer in PEERS[mode] if peer not in ROUNDING), key=rates.get)
    return [
        network, str(batch_size(network, mode)), TITLES[mode], readable(rates[OURS]), best,
        readable(rates[best]), f"{rates[OURS] / rates[best]:.2f}", exact, f"{rates[OURS] / rates[exact]:.2f}",
        f"{memory[OURS] / 2**20:,.0f}", f"{memory[OURS] / min(memory['eager'], memory['channels-last']):.2f}"
    ], rounds[OURS][0]["instructionSet"]


def readable(rate):
    return f"{rate:,.0f}" if rate >= 1000 else f"{rate:.3g}"


def versions(needletail):
    from importlib.metadata import version

    ours = output_of([needletail, "--version"]).strip()
    names = {"PyTorch": "torch", "torchvision": "torchvision", "ONNX Runtime": "onnxruntime", "OpenVINO": "openvino"}
    peers = ", ".join(f"{title} {version(name)}" for title, name in names.items())
    return f"Needletail {ours} ({machine.commit()}), {peers}"


HEADER = [
    "network", "batch", "", "images/s", "best peer", "its images/s", "ratio", "best in float32", "ratio", "peak memory, MiB",
    "of PyTorch's"]


def document(options, rows, instruction_set):
    lines = [
        f"Measured {datetime.date.today().isoformat()} on {machine.processor()} ({instruction_set}), {options.threads} threads of "
        f"{os.cpu_count()} processors: medians of {options.rounds} rounds in which everyone took their turn. "
        f"{versions(options.needletail)}. OpenVINO runs as it comes, in bfloat16 where the processor has it, and once more in "
        "float32; everyone else in float32.",
        "", row(HEADER),
        "|" + "---|" * 3 + "--:|---|--:|--:|---|" + "--:|" * 3]
    return "\n".join(lines + [row(cells) for cells in rows]) + "\n"


def main():
    arguments = parser(seconds=5)
    arguments.add_argument("--networks", default=",".join(BATCHES))
    arguments.add_argument("--modes", default=",".join(PEERS))
    arguments.add_argument("--threads", type=int, default=2)
    options = arguments.parse_args()
    networks, modes = chosen(options.networks, BATCHES, "networks"), chosen(options.modes, PEERS, "modes")
    rows, instruction_set = [], ""
    for network in networks:
        for mode in modes:
            if mode == "latency" and network not in SINGLE_IMAGES:
                continue
            cells, instruction_set = compare(options, network, mode)
            rows.append(cells)
            print("  ".join(cell.ljust(width) for cell, width in zip(cells, [10, 4, 10, 8, 14, 8, 6, 17, 6, 6, 5])), flush=True)
            # After each row, so that a run that is stopped has not been for nothing.
            pathlib.Path(options.output).write_text(document(options, rows, instruction_set))
    print("\n" + document(options, rows, instruction_set))


main()
