import Datasets
import Foundation
import NNLayers
import Optimizers
import TensorCore
import Testing
import Training

/// Images that are gone when their turn comes: training and measuring end with an error that names the file.
struct MissingFilesTests {
  @Test func trainingAndMeasuringNameTheFile() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("missing-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let paths = (0..<6).map { folder.appendingPathComponent("\($0).pgm").path }
    for path in paths.dropLast() {
      try Data("P5 4 4 255 0123456789abcdef".utf8).write(to: URL(fileURLWithPath: path))
    }
    let size = ImageSize(height: 4, width: 4)
    let data = try ImageDataset(
      files: ImageFiles(paths, size: size, channels: 1), labels: Tensor([0, 1, 0, 1, 0, 1]),
      information: DatasetInformation(
        name: "folder", title: "", classNames: ["a", "b"], license: "", citation: "", homepage: ""))
    let recipe = try Preprocessing(channels: 1, imageSize: size, fitting: .covering, mean: [0], deviation: [1])
    let samples = PreparedImages(data, recipe)
    let model = seeded(1) { Sequential(Flatten(), Linear(16, 2)) }
    let measuring = #expect(throws: FileError.self) { try evaluate(model, on: samples, batchSize: 2) }
    #expect(measuring?.file == paths[5])
    let trainer = Trainer(
      model, SGD(model.parameters, learningRate: 0.1), training: samples, epochs: 1, batchSize: 6, seed: 1)
    let training = #expect(throws: FileError.self) { try trainer.run() }
    #expect(training?.file == paths[5])
    #expect(trainer.progress.step == 0)
  }
}
