import Autograd
import Foundation
import TensorCore

/// One case of a file in `Tests/References`; `golden.py` there says what its tensors are called.
struct GoldenCase {
  let name: String
  private let file: SafetensorsFile

  init(_ name: String, in file: SafetensorsFile) {
    self.name = name
    self.file = file
  }

  /// The names of its tensors.
  var keys: [String] { file.entries.map(\.name).filter { $0.hasPrefix(name + "/") }.map { $0.parts[1] } }

  /// The names that begin with `prefix`, without it.
  func keys(after prefix: String) -> [String] {
    keys.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
  }

  func stored(_ key: String) throws -> StoredTensor { try file.tensor("\(name)/\(key)") }

  func doubles(_ key: String) throws -> Tensor<Double> { try file.tensor("\(name)/\(key)", as: Double.self) }

  func value(_ key: String, _ precision: Precision) throws -> TensorValue {
    TensorValue.double(try doubles(key)).converted(to: precision)
  }

  /// The numbered tensors `key.0`, `key.1`, ….
  func values(_ key: String, _ precision: Precision) throws -> [TensorValue] {
    try keys(after: key + ".").indices.map { try value("\(key).\($0)", precision) }
  }
}

extension GoldenCase {
  /// The file of a family.
  static func file(_ family: String) throws -> SafetensorsFile {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try SafetensorsFile(path: tests.path + "/References/\(family).safetensors")
  }

  /// The cases of a file.
  static func names(in file: SafetensorsFile) -> Set<String> { Set(file.entries.map { $0.name.parts[0] }) }
}

extension String {
  fileprivate var parts: [String] { split(separator: "/", maxSplits: 1).map(String.init) }
}
