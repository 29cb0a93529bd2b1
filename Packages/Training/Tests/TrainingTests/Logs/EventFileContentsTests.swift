import Foundation
import TensorCore
import Testing
import Training

/// Event files read back: the one that TensorBoard's own writer made, ones of this library, and TensorFlow's newer form by hand.
struct EventFileContentsTests {
  private let place: TemporaryFolder

  init() throws { place = try TemporaryFolder() }

  /// What `Tests/References/tensorboard_events.py` wrote.
  @Test func readsTheGoldenFile() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Golden/events.tfevents")
    let contents = try EventFileContents(path: file.path)
    #expect(!contents.isCut)
    #expect(
      contents.series.map(\.tag) == [
        "loss/step", "learning_rate", "accuracy/test", "weights/conv1.weight", "weights/conv1.bias",
        "filters/conv1.weight",
      ])
    #expect(contents.series.map(\.kind) == ["scalar", "scalar", "scalar", "histogram", "histogram", "image"])
    #expect(contents.series.map(\.firstStep) == [301, 301, 400, 400, 400, 400])
    #expect(contents.series.map(\.firstValue) == [Double(Float(2.302585)), 0, Double(Float(0.9875)), nil, nil, nil])
  }

  @Test func collectsStepsAndValues() throws {
    let file = try EventFile(in: place.path, time: 5)
    for (step, loss) in [(3, 2.5), (1, 2), (7, -0.5)] {
      try file.write(TensorBoardEvent(time: 6, step: step, .values([.scalar("loss", loss), .scalar("rate", 0.25)])))
    }
    let contents = try EventFileContents(path: file.path)
    let loss = try #require(contents.series.first)
    #expect(contents.series.count == 2)
    #expect(loss.count == 3 && loss.firstStep == 1 && loss.lastStep == 7)
    #expect(loss.firstValue == 2.5 && loss.lastValue == -0.5)
  }

  /// A scalar as TensorFlow 2 writes it: a tensor whose first entry alone says which plugin shows it.
  @Test func readsScalarsInTensors() throws {
    func message(_ field: UInt8, _ content: [UInt8]) -> [UInt8] { [field << 3 | 2, UInt8(content.count)] + content }
    func event(_ step: UInt8, _ value: [UInt8]) -> [UInt8] { [2 << 3, step] + message(5, message(1, value)) }
    let tag = message(1, Array("loss".utf8))
    let plugin = message(9, message(1, message(1, Array("scalars".utf8))))
    // 1.5 is 3F C0 00 00; as the only number of a list, and as the tensor's bytes.
    let listed = message(8, [1 << 3, 1] + message(5, [0, 0, 0xC0, 0x3F]))
    let raw = message(8, [1 << 3, 1] + message(4, [0, 0, 0x20, 0xC0]))
    let events = [event(1, tag + plugin + listed), event(2, tag + raw), event(3, message(1, [120]) + raw)]
    try Data(events.flatMap { EventFile.record($0) }).write(to: URL(filePath: place.path + "/events"))
    let series = try EventFileContents(path: place.path + "/events").series
    #expect(series.map(\.tag) == ["loss", "x"] && series.map(\.kind) == ["scalar", "tensor"])
    #expect(series[0].count == 2 && series[0].firstValue == 1.5 && series[0].lastValue == -2.5)
  }

  /// However a file is cut, what is before is read; where a byte is another, that is said.
  @Test func cutAndBrokenFiles() throws {
    let file = try EventFile(in: place.path, time: 5)
    try file.write(TensorBoardEvent(time: 6, step: 1, .values([.scalar("loss", 2.5)])))
    let whole = try InputFile.contents(of: file.path, limit: 10_000)
    let first = EventFile.record(TensorBoardEvent(time: 5, step: 0, .fileVersion).bytes).count
    let path = place.path + "/cut"
    for count in 0...whole.count {
      try Data(whole.prefix(count)).write(to: URL(filePath: path))
      let contents = try EventFileContents(path: path)
      #expect(contents.isCut == ![0, first, whole.count].contains(count))
      #expect(contents.series.count == (count == whole.count ? 1 : 0))
    }
    for index in first..<whole.count {
      var bytes = whole
      bytes[index] ^= 1
      try Data(bytes).write(to: URL(filePath: path))
      let error = #expect(throws: FileError.self) { try EventFileContents(path: path) }
      #expect(error?.description.contains("at byte \(first), found another") == true)
    }
    try Data(EventFile.record([0x0F, 1])).write(to: URL(filePath: path))
    let error = #expect(throws: FileError.self) { try EventFileContents(path: path) }
    #expect(error?.description == "\(path): expected an entry in record 0, found other bytes")
    #expect(EventFileContents.isEventFile(startingWith: whole))
    #expect(!EventFileContents.isEventFile(startingWith: Array(whole.dropFirst())))
  }
}
