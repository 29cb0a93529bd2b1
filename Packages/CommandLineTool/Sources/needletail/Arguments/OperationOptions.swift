import ArgumentParser
import TensorCore

/// Which operation is measured, and on what.
struct OperationOptions: ParsableArguments {
  @Option(help: "Measure an operation instead of a network.")
  var operation: OperationWork.Operation?

  @Option(
    help: ArgumentHelp(
      "The sizes of its input: NxCxHxW, or of a matrix, or of all parameters. (default: as in ResNet-50)",
      valueName: "sizes"),
    transform: Sizes.init)
  var input: Sizes?

  @Option(
    help: ArgumentHelp("The sizes of its filters, KxCxRxS, or of the right-hand matrix.", valueName: "sizes"),
    transform: Sizes.init)
  var weight: Sizes?

  @Option(parsing: .unconditional, help: "How far filters move.", transform: Numbers.whole(in: Limits.stride))
  var stride: Int?

  @Option(
    parsing: .unconditional, help: "Zeros on each side of an image.", transform: Numbers.whole(in: Limits.shift))
  var padding: Int?

  @Option(help: ArgumentHelp("The image that decode reads.", valueName: "file"))
  var file: String?

  func validate() throws {
    if operation == .decode && file == nil { throw ValidationError("--operation decode needs --file, an image") }
    guard let operation else {
      if let first = given.first { throw ValidationError("\(first) goes with --operation") }
      return
    }
    if let option = given.first(where: { !operation.takes($0) }) {
      throw ValidationError("\(option) does not go with --operation \(operation.rawValue)")
    }
  }

  /// What was given, and for the rest what is usual.
  func operands(for operation: OperationWork.Operation) -> OperationWork.Operands {
    var operands = operation.usual
    if input != nil || weight != nil { operands.padding = 0 }
    if let input { operands.input = input.shape }
    if let weight { operands.weight = weight.shape }
    if let stride { operands.stride = stride }
    if let padding { operands.padding = padding }
    operands.file = file
    return operands
  }
}

extension OperationWork.Operation: ExpressibleByArgument {
  fileprivate func takes(_ option: String) -> Bool {
    switch option {
    case "--input": self != .decode
    case "--file": self == .decode
    case "--weight": hasWeight
    case "--stride", "--padding": slides
    default: true
    }
  }
}
