import Datasets

/// An entry of an event file: what TensorBoard shows, at which step and time.
///
/// The bytes are those of TensorFlow's message `Event` (`event.proto`, `summary.proto`).
public struct TensorBoardEvent: Sendable, Equatable {
  /// What the entry holds.
  public enum Content: Sendable, Equatable {
    /// The first entry of every file.
    case fileVersion
    /// Entries of this step and later ones in earlier files are void: a training goes on from a checkpoint.
    case restart
    /// Values under their tags.
    case values([Value])
  }

  /// A value under a tag, which TensorBoard groups by what stands before the slash.
  public enum Value: Sendable, Equatable {
    /// A number, rounded to single precision.
    case scalar(String, Double)
    /// How numbers are spread.
    case histogram(String, ValueHistogram)
    /// A picture.
    case image(String, RasterImage)
  }

  /// When it was, in seconds since 1970.
  public let time: Double
  /// The step.
  public let step: Int
  /// What it holds.
  public let content: Content

  /// An entry.
  public init(time: Double, step: Int, _ content: Content) {
    self.time = time
    self.step = step
    self.content = content
  }

  /// The message.
  package var bytes: [UInt8] {
    var event = ProtobufMessage()
    event.add(1, double: time)
    event.add(2, whole: Int64(step))
    switch content {
    case .fileVersion: event.add(3, text: "brain.Event:2")
    case .values(let values): event.add(5, message: Self.summary(values))
    case .restart:
      var session = ProtobufMessage()
      session.add(1, whole: Self.sessionStart)
      event.add(7, message: session)
    }
    return event.bytes
  }

  /// `SessionLog.START`.
  private static let sessionStart: Int64 = 1

  private static func summary(_ values: [Value]) -> ProtobufMessage {
    values.reduce(into: ProtobufMessage()) { $0.add(1, message: message($1)) }
  }

  private static func message(_ value: Value) -> ProtobufMessage {
    var message = ProtobufMessage()
    switch value {
    case .scalar(let tag, let number):
      message.add(1, text: tag)
      message.add(2, alternative: Float(number))
    case .histogram(let tag, let histogram):
      message.add(1, text: tag)
      message.add(5, message: Self.message(histogram))
    case .image(let tag, let image):
      message.add(1, text: tag)
      message.add(4, message: Self.message(image))
    }
    return message
  }

  private static func message(_ histogram: ValueHistogram) -> ProtobufMessage {
    var message = ProtobufMessage()
    message.add(1, double: histogram.smallest)
    message.add(2, double: histogram.largest)
    message.add(3, double: Double(histogram.count))
    message.add(4, double: histogram.sum)
    message.add(5, double: histogram.squareSum)
    message.add(6, packed: histogram.limits)
    message.add(7, packed: histogram.counts.map(Double.init))
    return message
  }

  /// `colorspace` is the number of channels: 1 grey, 3 colours.
  private static func message(_ image: RasterImage) -> ProtobufMessage {
    var message = ProtobufMessage()
    message.add(1, whole: Int64(image.size.height))
    message.add(2, whole: Int64(image.size.width))
    message.add(3, whole: Int64(image.channels))
    message.add(4, bytes: PNGImage.encode(image))
    return message
  }
}
