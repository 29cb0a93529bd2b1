import Models
import TensorCore
import Training

extension RunSettings {
  /// The network that they name; `file` holds them.
  ///
  /// - Throws: `FileError` naming the file where the catalogue has none of that name.
  func entry(recordedIn file: String) throws(FileError) -> ModelEntry {
    guard let entry = ModelCatalog.entry(named: model) else {
      throw .malformed(file: file, expected: "one of `needletail models`", found: "'\(model)'")
    }
    return entry
  }

  /// Checks that this program has the data set that they name, which a program of one's own may have brought; `file` holds them.
  func checkDataset(recordedIn file: String, advice: String = "") throws(FileError) {
    guard DatasetLookup.names.contains(dataset) else {
      throw .malformed(file: file, expected: "one of `needletail datasets list`\(advice)", found: "'\(dataset)'")
    }
  }
}
