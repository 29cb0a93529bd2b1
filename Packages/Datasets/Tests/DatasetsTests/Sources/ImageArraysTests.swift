import Datasets
import TensorCore
import Testing

@Suite struct ImageArraysTests {
  private func file(_ arrays: [(String, StoredTensor)], _ folder: TemporaryFolder) throws -> ImageArrays {
    try NpzFile.write(arrays.map { (name: $0.0, tensor: $0.1) }, to: folder.path("my.npz"))
    return ImageArrays(folder.path("my.npz"), classNames: ["a", "b"], testFraction: 0.5)
  }

  private func images(_ shape: Shape) -> StoredTensor {
    .uint8(bytes((0..<shape.count).map { UInt8($0) }, shape))
  }

  @Test func readsKerasNames() throws {
    let folder = try TemporaryFolder()
    let splits = try file(
      [
        ("x_train", images([3, 2, 2])), ("y_train", .uint8(bytes([0, 1, 1], [3]))), ("x_test", images([1, 2, 2])),
        ("y_test", .int64(numbers([1]))),
      ], folder
    ).load()
    #expect(splits.training.pixels.shape == [3, 1, 2, 2])
    #expect(splits.training.labels.scalars == [0, 1, 1])
    #expect(splits.test.labels.scalars == [1])
  }

  /// Channels may come last; labels may be a column; test images are held out when there are none.
  @Test func channelsMayComeLast() throws {
    let folder = try TemporaryFolder()
    let splits = try file(
      [("x_train", images([4, 2, 2, 3])), ("y_train", .int32(Tensor([0, 1, 0, 1], shape: [4, 1])))], folder
    ).load()
    #expect(splits.training.pixels.shape == [2, 3, 2, 2])
    #expect(splits.training.count == 2 && splits.test.count == 2)
    let first = splits.training.pixels.scalars[0]
    #expect(Array(splits.training.pixels.scalars[..<4]) == [first, first + 3, first + 6, first + 9])
  }

  @Test func namesWhatIsWrong() throws {
    let folder = try TemporaryFolder()
    let flat = try file([("x_train", images([4, 4])), ("y_train", .int64(numbers([0, 1, 0, 1])))], folder)
    let error = #expect(throws: DatasetError.self) { try flat.load() }
    #expect(
      error?.description
        == "\(folder.path("my.npz"))/x_train: expected [N, H, W], [N, C, H, W] or [N, H, W, C], found [4, 4]")
    let missing = try file([("x_train", images([1, 2, 2]))], folder)
    #expect(throws: FileError.self) { try missing.load() }
    let real = try file([("x_train", images([1, 2, 2])), ("y_train", .float(Tensor([0.5])))], folder)
    #expect(throws: DatasetError.self) { try real.load() }
    let others = try file(
      [
        ("x_train", images([1, 2, 2])), ("y_train", .int64(numbers([0]))), ("x_test", images([1, 3, 2])),
        ("y_test", .int64(numbers([0]))),
      ], folder)
    #expect(throws: DatasetError.self) { try others.load() }
  }
}
