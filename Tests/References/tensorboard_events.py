"""Makes Packages/Training/Tests/Golden/events.tfevents with TensorBoard's own writer, and reads it with its own readers.

    pip install tensorboard==2.21.0 numpy==2.4.6
    python tensorboard_events.py            makes the file, and checks it
    python tensorboard_events.py FOLDER     shows what TensorBoard reads in a folder of event files

The same entries are in `EventFileTests` of Training, whose writer must give the same bytes.
"""

import pathlib
import struct
import sys
import zlib

import numpy
from tensorboard.backend.event_processing import event_accumulator, event_file_loader
from tensorboard.compat.proto import event_pb2, summary_pb2
from tensorboard.summary.writer.record_writer import RecordWriter
from tensorboard.util import tensor_util

FILE = pathlib.Path(__file__).resolve().parents[2] / "Packages/Training/Tests/Golden/events.tfevents"
VALUES = numpy.array([-1.0, -0.5, 0.0, 0.25, 0.5, 1.0, 3.0, 3.0], dtype=numpy.float32)
GREY = [[0, 128, 255], [51, 102, 204]]


def png(rows):
    """An image of grey bytes with stored blocks, as the library writes it."""

    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    lines = b"".join(b"\0" + bytes(row) for row in rows)
    stored = b"\x78\x01\x01" + struct.pack("<HH", len(lines), len(lines) ^ 0xFFFF) + lines
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 0, 0, 0, 0))
        + chunk(b"IDAT", stored + struct.pack(">I", zlib.adler32(lines)))
        + chunk(b"IEND", b"")
    )


def scalar(tag, value):
    return summary_pb2.Summary.Value(tag=tag, simple_value=value)


def histogram(tag, values, buckets):
    exact = values.astype(numpy.float64)
    counts, edges = numpy.histogram(exact, bins=buckets)
    return summary_pb2.Summary.Value(
        tag=tag,
        histo=summary_pb2.HistogramProto(
            min=exact.min(),
            max=exact.max(),
            num=len(exact),
            sum=exact.sum(),
            sum_squares=(exact * exact).sum(),
            bucket_limit=edges[1:],
            bucket=counts,
        ),
    )


def image(tag, rows):
    return summary_pb2.Summary.Value(
        tag=tag,
        image=summary_pb2.Summary.Image(
            height=len(rows), width=len(rows[0]), colorspace=1, encoded_image_string=png(rows)
        ),
    )


def events():
    yield event_pb2.Event(wall_time=1700000000.25, file_version="brain.Event:2")
    yield event_pb2.Event(
        wall_time=1700000000.25, step=301, session_log=event_pb2.SessionLog(status=event_pb2.SessionLog.START)
    )
    yield event_pb2.Event(
        wall_time=1700000001.5,
        step=301,
        summary=summary_pb2.Summary(value=[scalar("loss/step", 2.302585), scalar("learning_rate", 0.0)]),
    )
    yield event_pb2.Event(
        wall_time=1700000002.0,
        step=400,
        summary=summary_pb2.Summary(
            value=[
                scalar("accuracy/test", 0.9875),
                histogram("weights/conv1.weight", VALUES, 4),
                constant("weights/conv1.bias", 0.5, 2),
                image("filters/conv1.weight", GREY),
            ]
        ),
    )


def constant(tag, value, count):
    """Equal values are one bucket without width."""
    return summary_pb2.Summary.Value(
        tag=tag,
        histo=summary_pb2.HistogramProto(
            min=value,
            max=value,
            num=count,
            sum=value * count,
            sum_squares=value * value * count,
            bucket_limit=[value],
            bucket=[count],
        ),
    )


def write():
    FILE.parent.mkdir(exist_ok=True)
    with open(FILE, "wb") as stream:
        writer = RecordWriter(stream)
        for event in events():
            writer.write(event.SerializeToString())
        writer.flush()


def accumulate(path):
    sizes = dict.fromkeys(("scalars", "histograms", "images"), 0)
    accumulator = event_accumulator.EventAccumulator(str(path), size_guidance=sizes)
    accumulator.Reload()
    return accumulator


def check():
    """What both of TensorBoard's readers find in the file that was made."""
    read = accumulate(FILE)
    assert [(s.step, round(s.value, 6)) for s in read.Scalars("loss/step")] == [(301, 2.302585)]
    assert [s.value for s in read.Scalars("learning_rate")] == [0.0]
    assert [(s.step, round(s.value, 6), s.wall_time) for s in read.Scalars("accuracy/test")] == [
        (400, 0.9875, 1700000002.0)
    ]
    found = read.Histograms("weights/conv1.weight")[0].histogram_value
    assert (found.min, found.max, found.num, found.sum) == (-1, 3, 8, 6.25), found
    assert list(found.bucket_limit) == [0, 1, 2, 3] and list(found.bucket) == [2, 3, 1, 2], found
    picture = read.Images("filters/conv1.weight")[0]
    assert (picture.width, picture.height) == (3, 2) and picture.encoded_image_string == png(GREY)
    # The reader of the pages turns the values into tensors.
    tags = {}
    for event in event_file_loader.EventFileLoader(str(FILE)).Load():
        for value in event.summary.value:
            tags[value.tag] = (value.metadata.plugin_data.plugin_name, tensor_util.make_ndarray(value.tensor))
    assert {tag: kind for tag, (kind, _) in tags.items()} == {
        "loss/step": "scalars",
        "learning_rate": "scalars",
        "accuracy/test": "scalars",
        "weights/conv1.weight": "histograms",
        "weights/conv1.bias": "histograms",
        "filters/conv1.weight": "images",
    }, tags
    triples = tags["weights/conv1.weight"][1]
    assert triples[:, 2].sum() == 8 and triples[0, 0] == -1 and triples[-1, 1] == 3, triples
    print(f"{FILE.name}: {FILE.stat().st_size} bytes, {len(tags)} tags, as TensorBoard reads them")


def show(folder):
    read = accumulate(folder)
    tags = read.Tags()
    for tag in tags["scalars"]:
        values = read.Scalars(tag)
        print(f"{tag}: {len(values)} values, steps {values[0].step} to {values[-1].step}, last {values[-1].value:.4f}")
    for tag in tags["histograms"]:
        last = read.Histograms(tag)[-1].histogram_value
        print(f"{tag}: {last.num:.0f} values from {last.min:.4f} to {last.max:.4f}")
    for tag in tags["images"]:
        last = read.Images(tag)[-1]
        print(f"{tag}: {last.width}x{last.height}, {len(last.encoded_image_string)} bytes")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        show(sys.argv[1])
    else:
        write()
        check()
