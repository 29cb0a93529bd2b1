"""Measures one peer with one network, as `needletail benchmark` measures itself, and prints the same line of JSON.

    peer.py NETWORK BATCH train|infer PEER THREADS SECONDS

PEER: eager or channels-last, PyTorch in either memory format; for inference onnxruntime, openvino (in the precision that it
chooses) or openvino-float32. One process measures one peer, so that the peak memory is its own.
"""
import functools
import json
import pathlib
import resource
import statistics
import sys
import tempfile
import time

import torch
from torch.nn import functional

import networks

WARM_UP_STEPS, FEWEST_STEPS = 2, 3


def torch_step(network, images, labels, mode, peer):
    if peer == "channels-last":
        network = network.to(memory_format=torch.channels_last)
        images = images.contiguous(memory_format=torch.channels_last)
    if mode == "infer":
        network.eval()

        def infer():
            with torch.inference_mode():
                network(images)

        return infer
    network.train()
    optimizer = torch.optim.SGD(network.parameters(), lr=1e-3, momentum=0.9)

    def train():
        optimizer.zero_grad()
        functional.cross_entropy(network(images), labels).backward()
        optimizer.step()

    return train


def exported(network, images, name):
    """The network as an ONNX file, made once."""
    folder = pathlib.Path(tempfile.gettempdir()) / f"needletail-peers-{torch.__version__}"
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}-{images.shape[0]}.onnx"
    if not path.exists():
        part = path.with_suffix(".part")
        torch.onnx.export(
            network.eval(), (images,), str(part), dynamo=False, opset_version=17, input_names=["x"], output_names=["y"])
        part.rename(path)
    return str(path)


def onnxruntime_step(path, images, threads):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    return lambda: session.run(None, {"x": images})


def openvino_step(path, images, threads, settings={}):
    import openvino

    compiled = openvino.Core().compile_model(
        path, "CPU", {"INFERENCE_NUM_THREADS": threads, "PERFORMANCE_HINT": "LATENCY", **settings})
    request = compiled.create_infer_request()
    return lambda: request.infer({0: images}, share_inputs=True)


EXPORTED = {
    "onnxruntime": onnxruntime_step,
    "openvino": openvino_step,
    "openvino-float32": functools.partial(openvino_step, settings={"INFERENCE_PRECISION_HINT": "f32"}),
}


def measure(step, seconds):
    for _ in range(WARM_UP_STEPS):
        step()
    times, start = [], time.perf_counter()
    while len(times) < FEWEST_STEPS or time.perf_counter() - start < seconds:
        before = time.perf_counter()
        step()
        times.append(time.perf_counter() - before)
    return times


def main():
    name, batch, mode, peer, threads, seconds = sys.argv[1:]
    batch, threads = int(batch), int(threads)
    torch.manual_seed(1)
    torch.set_num_threads(threads)
    network, shape, classes = networks.make(name)
    images, labels = torch.randn(batch, *shape), torch.randint(0, classes, (batch,))
    if peer in EXPORTED:
        step = EXPORTED[peer](exported(network, images, name), images.numpy(), threads)
    else:
        step = torch_step(network, images, labels, mode, peer)
    times = measure(step, float(seconds))
    median = statistics.median(times)
    # KiB on Linux, bytes on macOS.
    unit = 1 if sys.platform == "darwin" else 1024
    print(json.dumps({
        "model": name, "batchSize": batch, "mode": mode, "imagesPerSecond": batch / median, "medianStepSeconds": median,
        "minStepSeconds": min(times), "steps": len(times), "threads": threads,
        "parameters": sum(p.numel() for p in network.parameters()),
        "peakMemoryBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit}))


main()
