import CKernels
import Synchronization

/// What went wrong with whole numbers in any of the blocks of a loop.
struct Failure: ~Copyable {
  private let raw = Atomic<UInt32>(nt_fine.rawValue)

  var status: nt_status { nt_status(raw.load(ordering: .relaxed)) }

  @inline(__always)
  func note(_ status: nt_status) {
    if status != nt_fine { raw.store(status.rawValue, ordering: .relaxed) }
  }

  @inline(__always)
  func check<Scalar: TensorScalar>(_ name: StaticString, _ type: Scalar.Type) { Self.check(status, name, type) }

  /// Stops the program unless all went well.
  @inline(__always)
  static func check<Scalar: TensorScalar>(_ status: nt_status, _ name: StaticString, _: Scalar.Type) {
    if status != nt_fine { end(status, name, "\(Scalar.self)") }
  }

  @inline(never)
  private static func end(_ status: nt_status, _ name: StaticString, _ type: String) -> Never {
    switch status {
    case nt_division_by_zero: stop("\(name)", "a divisor is 0, and \(type) has no infinity")
    default: stop("\(name)", "a result does not fit in \(type)")
    }
  }
}
