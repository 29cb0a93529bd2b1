import CKernels

/// Sums, products and extrema: the cutting into blocks and the steps over several axes.
///
/// Sums and products of Float and Double are formed in Double and rounded once, at the end; those of whole numbers in
/// Int64. The order of the additions depends on the shape only.
struct Fold {
  let operation: nt_fold_op
  let name: StaticString
  /// The type of results between two steps.
  private let between: nt_type

  init(_ operation: nt_fold_op, of type: nt_type, _ name: StaticString) {
    self.operation = operation
    self.name = name
    switch type {
    case _ where operation == nt_fold_maximum || operation == nt_fold_minimum: between = type
    case nt_float, nt_double: between = nt_double
    default: between = nt_int64
    }
  }

  /// A tensor of any type.
  struct Operand {
    var start: UnsafeMutableRawPointer
    var type: nt_type
  }

  /// Reduces `input` by `steps` into `output`, whose elements are divided by `divisor`.
  func run(_ steps: [ReducedAxes.Step], from input: Operand, to output: Operand, divisor: Double = 1) -> nt_status {
    if steps.count == 1, let step = steps.first, step.outer * step.count * step.inner <= Cut.wholeSize {
      var view = step.view(ofOuter: step.outer)
      return nt_fold(operation, input.type, output.type, input.start, output.start, &view, divisor)
    }
    let steps = steps.flatMap(Self.cut)
    let failure = Failure()
    var (from, operation) = (input, operation)
    var scratch: Storage<Double>?
    for (index, step) in steps.enumerated() {
      let isLast = index == steps.count - 1
      // Eight bytes serve every type between steps. The former scratch is let go after the step that reads it.
      let next = isLast ? nil : Storage<Double>(count: step.outer * step.inner * step.pieces)
      let to = next.map { Operand(start: UnsafeMutableRawPointer($0.start), type: between) } ?? output
      Self.run(operation, step, from, to, isLast ? divisor : 1, failure)
      withExtendedLifetime(scratch) {}
      scratch = next
      from = to
      if operation == nt_fold_squares { operation = nt_fold_sum }
    }
    return failure.status
  }

  /// A step with its first axis cut into `pieces` that give a result each.
  private struct Part {
    var outer: Int
    var count: Int
    var inner: Int
    var pieces = 1
    /// Elements of the reduced axis in a piece.
    var length: Int { pieces == 1 ? count : pieceLength }
    var pieceLength = 0
  }

  /// A step that has too few results to share out is cut along the reduced axis, and followed by one that joins the pieces.
  private static func cut(_ step: ReducedAxes.Step) -> [Part] {
    let whole = Part(outer: step.outer, count: step.count, inner: step.inner)
    let length = max(1, Cut.blockSize / max(step.inner, 1))
    guard step.outer < 16, step.inner < 1024, step.count >= 2 * length else { return [whole] }
    let pieces = (step.count + length - 1) / length
    return [
      Part(outer: step.outer, count: step.count, inner: step.inner, pieces: pieces, pieceLength: length),
      Part(outer: step.outer, count: pieces, inner: step.inner),
    ]
  }

  private static func run(
    _ operation: nt_fold_op, _ part: Part, _ from: Operand, _ to: Operand, _ divisor: Double,
    _ failure: borrowing Failure
  ) {
    func fold(outer: Range<Int>, rows: Range<Int>, columns: Range<Int>, piece: Int) {
      var view = nt_fold_view(
        outer: outer.count, n: rows.count, inner: columns.count, x_outer: part.count * part.inner,
        x_step: part.inner, y_outer: part.inner * part.pieces)
      let x = outer.lowerBound * view.x_outer + rows.lowerBound * part.inner + columns.lowerBound
      let y = outer.lowerBound * view.y_outer + piece * part.inner + columns.lowerBound
      failure.note(
        nt_fold(
          operation, from.type, to.type, from.start + x * from.type.size, to.start + y * to.type.size, &view, divisor))
    }
    let size = part.count * part.inner
    if part.pieces > 1 {
      ThreadPool.run(blocks: part.outer * part.pieces) { block in
        let (outer, piece) = (block / part.pieces, block % part.pieces)
        let start = piece * part.length
        fold(
          outer: outer..<outer + 1, rows: start..<min(part.count, start + part.length), columns: 0..<part.inner,
          piece: piece)
      }
    } else if part.outer >= 16 || part.inner < 1024 || part.outer * size <= Cut.wholeSize {
      Cut.run(rows: part.outer, of: size) {
        fold(outer: $0, rows: 0..<part.count, columns: 0..<part.inner, piece: 0)
      }
    } else {
      let width = max(512, Cut.blockSize / max(part.count, 1))
      let blocks = (part.inner + width - 1) / width
      ThreadPool.run(blocks: part.outer * blocks) { block in
        let (outer, start) = (block / blocks, block % blocks * width)
        fold(
          outer: outer..<outer + 1, rows: 0..<part.count, columns: start..<min(part.inner, start + width), piece: 0)
      }
    }
  }
}

extension nt_type {
  /// Bytes of an element.
  var size: Int {
    switch self {
    case nt_double, nt_int64: 8
    case nt_float, nt_int32: 4
    default: 1
    }
  }
}

extension Tensor where Scalar: NumericScalar {
  /// The reduction of the given axes; each element of the result is divided by `divisor`.
  func folded(_ operation: nt_fold_op, _ name: StaticString, _ axes: ReducedAxes, divisor: Double = 1) -> Tensor {
    if axes.steps.isEmpty, operation != nt_fold_squares { return Tensor(shape: axes.shape, storage: storage) }
    let result = Tensor(uninitialized: axes.shape)
    let steps = axes.steps.isEmpty ? [ReducedAxes.Step(outer: count, count: 1, inner: 1)] : axes.steps
    let status = Fold(operation, of: Scalar.code, name).run(
      steps, from: Fold.Operand(start: UnsafeMutableRawPointer(storage.start), type: Scalar.code),
      to: Fold.Operand(start: UnsafeMutableRawPointer(result.storage.start), type: Scalar.code), divisor: divisor)
    Failure.check(status, name, Scalar.self)
    withExtendedLifetime((self, result)) {}
    return result
  }
}
