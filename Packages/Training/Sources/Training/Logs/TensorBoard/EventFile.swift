import Foundation
import TensorCore

/// A file of events, as TensorBoard reads it: records with their lengths and checksums, each added as it comes.
///
/// A process that ends in the middle of a record leaves one that readers overlook. Source: TFRecord, tensorflow.org.
public final class EventFile {
  /// Where the file is.
  public let path: String
  private let file: AppendedFile

  /// A new file in `folder`, which begins with the entry that says what it is.
  ///
  /// TensorBoard reads the files of a folder in the order of their names: these begin with the time.
  ///
  /// - Parameters:
  ///   - folder: where it goes; it must exist.
  ///   - time: the time, in seconds since 1970. Default now.
  ///   - step: the step that a training goes on after; nil for one that begins. Entries of later steps in earlier
  ///     files are void then.
  /// - Throws: `FileError` naming the file when it cannot be written.
  public init(in folder: String, time: Double = Date().timeIntervalSince1970, continuingAfter step: Int? = nil)
    throws(FileError)
  {
    path = Self.freePath(in: folder, time: time)
    file = try AppendedFile(path: path)
    try write(TensorBoardEvent(time: time, step: 0, .fileVersion))
    if let step { try write(TensorBoardEvent(time: time, step: step + 1, .restart)) }
  }

  /// Adds an entry.
  ///
  /// - Throws: `FileError` naming the file when it cannot be written.
  public func write(_ event: TensorBoardEvent) throws(FileError) { try file.append(Self.record(event.bytes)) }

  /// The bytes of a record: length, its checksum, content, its checksum.
  package static func record(_ content: [UInt8]) -> [UInt8] {
    let length = littleEndian(UInt64(content.count))
    return length + littleEndian(CRC32C.masked(length)) + content + littleEndian(CRC32C.masked(content))
  }

  private static func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian, Array.init)
  }

  private static func freePath(in folder: String, time: Double) -> String {
    let base = "\(folder)/events.out.tfevents.\(Int(time)).needletail.\(getpid())"
    let names = sequence(first: 0) { $0 + 1 }.lazy.map { "\(base).\($0)" }
    return names.first { !FileManager.default.fileExists(atPath: $0) } ?? base
  }
}
