"""Usage: loader.py NEEDLETAIL RESULT: how fast images come to a network, beside LeNet-5's training step.

Measures LeNet-5's training with images at hand and with images that the loader makes meanwhile, and how long steps wait for
those; the loader's work by itself, by one thread; and decoding of JPEG and PNG (and Pillow's of the same files, as processor
time). Writes tables. Rounds alternate; medians of them are shown.
"""

import io
import os
import platform
import statistics
import sys
import tempfile
import time

import numpy as np
from PIL import Image

from measuring import measured

ROUNDS, SECONDS = 5, 0.4


def benchmark(tool, *arguments):
    return measured([tool, "benchmark", "--json", "--seconds", SECONDS, *arguments])


def photograph(height=768, width=1024):
    """Noise whose amplitude falls with its frequency, as in photographs."""
    random = np.random.default_rng(1)
    down, right = np.fft.fftfreq(height)[:, None], np.fft.rfftfreq(width)[None]
    frequency = np.sqrt(down**2 + right**2)
    frequency[0, 0] = 1

    def plane():
        wave = np.fft.irfft2(np.fft.rfft2(random.standard_normal((height, width))) / frequency**1.1, s=(height, width))
        return (wave - wave.mean()) / wave.std()

    light, first, second = plane(), 0.4 * plane(), 0.4 * plane()
    colors = np.stack([light + first, light - 0.5 * first + 0.3 * second, light - second], -1)
    return Image.fromarray(np.clip(colors * 50 + 128, 0, 255).astype(np.uint8))


def pillow(path):
    content = open(path, "rb").read()
    times = []
    for _ in range(15):
        start = time.process_time()
        Image.open(io.BytesIO(content)).load()
        times.append(time.process_time() - start)
    return statistics.median(times)


def main(tool, result):
    batches = {
        "Fashion-MNIST, normalised": ["loader"],
        "the same, mirrored and cropped": ["loader-crops"],
        "the same, warped": ["loader-warps"],
        "CIFAR, mirrored and cropped": ["loader-crops", "--input", "128x3x32x32"],
    }
    with tempfile.TemporaryDirectory() as folder:
        image = photograph()
        files = {
            "JPEG 4:2:0, quality 75": ("a.jpg", {"quality": 75}),
            "JPEG 4:4:4, quality 90": ("b.jpg", {"quality": 90, "subsampling": 0}),
            "JPEG progressive, quality 85": ("c.jpg", {"quality": 85, "progressive": True}),
            "PNG": ("d.png", {}),
        }
        for name, options in files.values():
            image.save(os.path.join(folder, name), **options)
        loaders = {"normalised": "plain", "mirrored and cropped": "crops", "warped": "warps"}
        training, loading = [], {name: [] for name in batches}
        fed, beside = {name: [] for name in loaders}, {name: [] for name in loaders}
        ours, theirs = {name: [] for name in files}, {name: [] for name in files}
        for _ in range(ROUNDS):
            lenet5 = ["--model", "lenet5", "--batch-size", "64", "--mode", "train"]
            step = benchmark(tool, *lenet5)
            training.append(step["imagesPerSecond"])
            for name, loader in loaders.items():
                fed[name].append(benchmark(tool, *lenet5, "--loader", loader))
                fewer = str(max(1, step["threads"] - 1))
                beside[name].append(benchmark(tool, *lenet5, "--loader", loader, "--threads", fewer)["waitShare"])
            for name, words in batches.items():
                loading[name].append(benchmark(tool, "--threads", "1", "--operation", *words)["imagesPerSecond"])
            for name, (file, _) in files.items():
                path = os.path.join(folder, file)
                decoding = benchmark(tool, "--threads", "1", "--operation", "decode", "--file", path)
                ours[name].append(decoding["medianStepSeconds"])
                theirs[name].append(pillow(path))
    median = statistics.median
    pace = median(training)
    lines = [
        "# How fast images come to a network",
        "",
        f"By `make bench-loader`; {platform.machine()}, {step['instructionSet']}, {time.strftime('%Y-%m-%d')}.",
        "",
        f"LeNet-5, 64 images a step, is trained at {pace:,.0f} images/s with {step['threads']} threads where the images are",
        "at hand. Where the loader makes them meanwhile, on a thread beside those; and where one thread fewer leaves it a core:",
        "",
        "| images of 1×32×32 | images/s | of those at hand | steps wait for images | with a core for the loader |",
        "|---|---|---|---|---|",
    ]
    for name, results in fed.items():
        rate = median(result["imagesPerSecond"] for result in results)
        waits = median(result["waitShare"] for result in results)
        lines.append(
            f"| {name} | {rate:,.0f} | {100 * rate / pace:.0f} % | {100 * waits:.2f} % of the time "
            f"| {100 * median(beside[name]):.2f} % |"
        )
    lines += [
        "",
        "One thread that does nothing but make batches of images in memory:",
        "",
        "| | images/s | times LeNet-5's training | share of a step's processor time |",
        "|---|---|---|---|",
    ]
    for name, rates in loading.items():
        rate = median(rates)
        lines.append(f"| {name} | {rate:,.0f} | {rate / pace:.1f} | {100 * pace / rate / step['threads']:.1f} % |")
    lines += ["", "Files of 1024×768, milliseconds by one thread:", "", "| | needletail | Pillow | ratio |", "|---|---|---|---|"]
    for name in files:
        mine, other = 1e3 * median(ours[name]), 1e3 * median(theirs[name])
        lines.append(f"| {name} | {mine:.1f} | {other:.1f} | {other / mine:.2f} |")
    text = "\n".join(lines) + "\n"
    print(text, end="")
    with open(result, "w") as file:
        file.write(text)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__.splitlines()[0])
    main(*sys.argv[1:])
