import Datasets
import Foundation
import TensorCore
import Testing
import Training

/// The file that TensorBoard's own writer made of these entries, and which its readers read, is compared byte by byte;
/// `Tests/References/tensorboard_events.py` makes it.
struct EventFileTests {
  private static let golden: [UInt8] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Golden/events.tfevents")
    return (try? Data(contentsOf: file)).map(Array.init) ?? []
  }()

  private static let weights = ValueHistogram(
    Tensor<Float>([-1, -0.5, 0, 0.25, 0.5, 1, 3, 3]), bucketCount: 4)
  private static let picture = RasterImage(
    channels: 1, size: ImageSize(height: 2, width: 3),
    intensities: [0, 128, 255, 51, 102, 204].map { Float($0) / 255 })

  @Test func bytesAreThoseOfTensorBoard() throws {
    let place = try TemporaryFolder()
    let file = try EventFile(in: place.path, time: 1_700_000_000.25, continuingAfter: 300)
    let step: [TensorBoardEvent.Value] = [.scalar("loss/step", 2.302585), .scalar("learning_rate", 0)]
    try file.write(TensorBoardEvent(time: 1_700_000_001.5, step: 301, .values(step)))
    let epoch: [TensorBoardEvent.Value] = [
      .scalar("accuracy/test", 0.9875), .histogram("weights/conv1.weight", Self.weights),
      .histogram("weights/conv1.bias", ValueHistogram(Tensor<Float>([0.5, 0.5]))),
      .image("filters/conv1.weight", Self.picture),
    ]
    try file.write(TensorBoardEvent(time: 1_700_000_002, step: 400, .values(epoch)))
    let name = try #require(place.names.first)
    #expect(name.hasPrefix("events.out.tfevents.1700000000.") && place.names.count == 1)
    #expect(Self.golden.count == 534)
    #expect(try place.bytes(name) == Self.golden)
  }

  /// Published check values: of nine digits, and of RFC 3720 for 32 bytes of 0, of 255, and counted up.
  @Test func checksumsOfTheStandard() {
    #expect(CRC32C.checksum(Array("123456789".utf8)) == 0xE306_9283)
    #expect(CRC32C.checksum([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
    #expect(CRC32C.checksum([UInt8](repeating: 255, count: 32)) == 0x62A8_AB43)
    #expect(CRC32C.checksum(Array(0..<32)) == 0x46DD_794E)
    #expect(CRC32C.checksum([]) == 0)
  }

  @Test func severalFilesOfOneSecondHaveTheirOwnNames() throws {
    let place = try TemporaryFolder()
    let files = try (0..<3).map { _ in try EventFile(in: place.path, time: 5) }
    #expect(Set(files.map(\.path)).count == 3)
    #expect(place.names.count == 3)
  }

  @Test func namesAFileThatCannotBeWritten() throws {
    let place = try TemporaryFolder()
    let error = #expect(throws: FileError.self) { try EventFile(in: "\(place.path)/none") }
    #expect(error?.file.hasPrefix("\(place.path)/none/events.out.tfevents.") == true)
  }
}
