import Datasets
import TensorCore

/// A data set whose pixels are `value(index)` of their position in memory and whose labels are the given ones.
func makeSet(
  labels: [Int64], channels: Int = 1, height: Int = 2, width: Int = 3, classes: Int = 3, maximum: UInt8 = 255,
  value: (Int) -> UInt8 = { UInt8(truncatingIfNeeded: $0 * 7) }
) throws -> ImageDataset {
  try ImageDataset(
    pixels: bytes(
      (0..<(labels.count * channels * height * width)).map(value), [labels.count, channels, height, width]),
    labels: numbers(labels), maximum: maximum, information: information(classes: classes))
}

func information(classes: Int) -> DatasetInformation {
  DatasetInformation(
    name: "small", title: "A small set", classNames: (0..<classes).map { "class \($0)" }, license: "none",
    citation: "nobody", homepage: "nowhere")
}

func bytes(_ values: [UInt8], _ shape: Shape) -> Tensor<UInt8> {
  Tensor(shape: shape) { _ = $0.update(fromContentsOf: values) }
}

func numbers(_ values: [Int64]) -> Tensor<Int64> {
  Tensor(shape: [values.count]) { _ = $0.update(fromContentsOf: values) }
}

/// A recipe that leaves intensities as they are.
func plain(_ dataset: ImageDataset, padding: Int = 0, resizedSize: ImageSize? = nil) throws -> Preprocessing {
  try Preprocessing(
    channels: dataset.channels, imageSize: dataset.imageSize, resizedSize: resizedSize, padding: padding,
    mean: Array(repeating: 0, count: dataset.channels), deviation: Array(repeating: 1, count: dataset.channels))
}
