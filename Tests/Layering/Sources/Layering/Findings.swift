/// What breaks a rule of the layers: where, and what should be.
public struct Finding: Error, Equatable, Sendable, CustomStringConvertible {
  public var place: String
  public var message: String

  public init(_ place: String, _ message: String) {
    self.place = place
    self.message = message
  }

  public var description: String { "\(place): error: \(message)" }
}
