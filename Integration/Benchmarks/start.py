"""The peer of `needletail predict`: a photograph shown to ResNet-18 by ONNX Runtime, as a Python program does it.

    start.py make FOLDER          makes the weights (random) for both, and the photograph
    start.py answer ONNX IMAGE    prints the five most probable classes
"""
import pathlib
import sys


def make(folder):
    import numpy
    import torch
    from PIL import Image
    from safetensors.torch import save_file

    import networks

    folder.mkdir(exist_ok=True)
    torch.manual_seed(1)
    network, shape, _ = networks.make("resnet18")
    network.eval()
    save_file(network.state_dict(), folder / "resnet18.safetensors")
    torch.onnx.export(
        network, (torch.randn(1, *shape),), str(folder / "resnet18.onnx"), dynamo=False, opset_version=17, input_names=["x"],
        output_names=["y"])
    # Coloured clouds: as smooth as photographs are.
    clouds = numpy.random.default_rng(1).integers(0, 256, (15, 20, 3), dtype=numpy.uint8)
    Image.fromarray(clouds).resize((640, 480), Image.BICUBIC).save(folder / "photograph.jpg", quality=90)


def answer(network, image):
    import numpy
    import onnxruntime
    from PIL import Image

    image = Image.open(image).convert("RGB")
    scale = 256 / min(image.size)
    image = image.resize((round(image.width * scale), round(image.height * scale)), Image.BILINEAR)
    left, top = (image.width - 224) // 2, (image.height - 224) // 2
    x = numpy.asarray(image.crop((left, top, left + 224, top + 224)), dtype=numpy.float32) / 255
    x = ((x - [0.485, 0.456, 0.406]) / [0.229, 0.224, 0.225]).astype(numpy.float32).transpose(2, 0, 1)[None]
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    session = onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
    logits = session.run(None, {"x": x})[0][0]
    shares = numpy.exp(logits - logits.max())
    for label in numpy.argsort(-logits)[:5]:
        print(f"class {label}  {100 * shares[label] / shares.sum():.2f} %")


if sys.argv[1] == "make":
    make(pathlib.Path(sys.argv[2]))
else:
    answer(*sys.argv[2:])
