import TensorCore

/// Classes of images in a file.
enum LabelFile {
  /// The labels in the npy file at `path`, `[N]` of Int64 or Int32.
  ///
  /// - Throws: `FileError` naming the file when it cannot be read, has not `count` labels or one that is no class.
  static func read(_ path: String, count: Int, classCount: Int) throws(FileError) -> Tensor<Int64> {
    let labels = try wholeNumbers(path)
    guard labels.shape == [count] else {
      throw .malformed(file: path, expected: "a label for each image, [\(count)]", found: "\(labels.shape)")
    }
    for label in labels.scalars where !(0..<Int64(classCount)).contains(label) {
      throw .malformed(file: path, expected: "labels from 0 to \(classCount - 1)", found: "\(label)")
    }
    return labels
  }

  private static func wholeNumbers(_ path: String) throws(FileError) -> Tensor<Int64> {
    switch try NpyFile.read(path: path) {
    case .int64(let labels): return labels
    case .int32(let labels): return Tensor(labels.scalars.map(Int64.init), shape: labels.shape)
    case let other:
      throw .malformed(file: path, expected: "labels of Int64 or Int32", found: "elements of \(other.elementType)")
    }
  }
}
