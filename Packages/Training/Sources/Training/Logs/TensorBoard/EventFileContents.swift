import TensorCore

/// What an event file holds, tag by tag: for a look at it without TensorBoard.
///
/// Files of this library are understood, and those of TensorFlow and PyTorch.
public struct EventFileContents: Sendable, Equatable {
  /// The entries under one tag.
  public struct Series: Sendable, Equatable, Encodable {
    /// The tag.
    public let tag: String
    /// What the entries are: `scalar`, `histogram`, `image`, `audio`, `text`, or `tensor` for any other.
    public let kind: String
    /// How many there are.
    public fileprivate(set) var count = 0
    /// The least of their steps.
    public fileprivate(set) var firstStep: Int
    /// The greatest of their steps.
    public fileprivate(set) var lastStep: Int
    /// The number of the first entry, if they are scalars.
    public fileprivate(set) var firstValue: Double?
    /// The number of the last entry, if they are scalars.
    public fileprivate(set) var lastValue: Double?
  }

  /// The tags in the order of their first entries.
  public private(set) var series: [Series] = []
  /// Whether the file ends within a record, as one does that is being written: readers overlook that record.
  public private(set) var isCut = false

  /// Whether a file that starts with these bytes, 12 at least, is an event file.
  public static func isEventFile(startingWith bytes: [UInt8]) -> Bool { EventRecords.begin(bytes) }

  /// Reads the file at `path`.
  ///
  /// - Throws: `FileError` when it cannot be read, a checksum does not agree, or a record is no entry.
  public init(path: String) throws(FileError) {
    var records = try EventRecords(path: path)
    var number = 0
    while let record = try records.next() {
      do throws(ProtobufReader.Broken) {
        try add(record)
      } catch {
        throw .malformed(file: path, expected: "an entry in record \(number)", found: "other bytes")
      }
      number += 1
    }
    isCut = records.isCut
  }

  private mutating func add(_ record: [UInt8]) throws(ProtobufReader.Broken) {
    var step = 0
    var values: [EventValue] = []
    for (number, value) in try ProtobufReader.fields(record[...]) {
      switch (number, value) {
      case (2, .variable(let bits)): step = Int(truncatingIfNeeded: bits)
      case (5, .bytes(let summary)):
        for case (1, .bytes(let value)) in try ProtobufReader.fields(summary) { values.append(try EventValue(value)) }
      default: break
      }
    }
    for value in values { add(value, step) }
  }

  private mutating func add(_ value: EventValue, _ step: Int) {
    // Of the tensors under a tag only the first need say what they are.
    let place = series.lastIndex { $0.tag == value.tag && ($0.kind == value.kind || value.kind == nil) }
    let index = place ?? series.count
    if place == nil {
      series.append(Series(tag: value.tag, kind: value.kind ?? "tensor", firstStep: step, lastStep: step))
    }
    if series[index].count == 0 { series[index].firstValue = value.number }
    series[index].lastValue = value.number
    series[index].count += 1
    series[index].firstStep = min(series[index].firstStep, step)
    series[index].lastStep = max(series[index].lastStep, step)
  }
}

/// A value of an entry: `Summary.Value` in TensorFlow's `summary.proto`.
private struct EventValue {
  var tag = ""
  /// Nil for a tensor that does not say.
  var kind: String?
  var number: Double?

  init(_ bytes: ArraySlice<UInt8>) throws(ProtobufReader.Broken) {
    var tensor: ArraySlice<UInt8>?
    for (field, value) in try ProtobufReader.fields(bytes) {
      switch (field, value) {
      case (1, _): tag = value.text ?? ""
      case (2, .fixed32(let bits)): (kind, number) = ("scalar", Double(Float(bitPattern: bits)))
      case (4, _): kind = "image"
      case (5, _): kind = "histogram"
      case (6, _): kind = "audio"
      case (8, .bytes(let content)): tensor = content
      case (9, .bytes(let metadata)): kind = try Self.kind(metadata)
      default: break
      }
    }
    guard let tensor, kind == nil || kind == "scalar" else { return }
    number = try Self.number(tensor)
  }

  /// `metadata.plugin_data.plugin_name`: which part of TensorBoard shows it.
  private static func kind(_ metadata: ArraySlice<UInt8>) throws(ProtobufReader.Broken) -> String? {
    for case (1, .bytes(let plugin)) in try ProtobufReader.fields(metadata) {
      for (field, value) in try ProtobufReader.fields(plugin) where field == 1 {
        let kinds = [
          "scalars": "scalar", "histograms": "histogram", "images": "image", "audio": "audio", "text": "text",
        ]
        return value.text.map { kinds[$0] ?? "tensor" }
      }
    }
    return nil
  }

  /// The number of a tensor of one `float`: `TensorProto.float_val`, or `tensor_content`.
  private static func number(_ tensor: ArraySlice<UInt8>) throws(ProtobufReader.Broken) -> Double? {
    let fields = try ProtobufReader.fields(tensor)
    guard fields.contains(where: { if case (1, .variable(1)) = $0 { true } else { false } }) else { return nil }
    for (field, value) in fields {
      switch (field, value) {
      case (5, .fixed32(let bits)): return Double(Float(bitPattern: bits))
      case (4, .bytes(let bytes)) where bytes.count == 4, (5, .bytes(let bytes)) where bytes.count == 4:
        return Double(Float(bitPattern: UInt32(ProtobufReader.littleEndian(bytes))))
      default: break
      }
    }
    return nil
  }
}
