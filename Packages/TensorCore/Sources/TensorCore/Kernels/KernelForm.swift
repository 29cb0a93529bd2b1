import CKernels
import Foundation

/// The forms in which each kernel exists. The fastest that the processor supports is used; the environment variable
/// `NEEDLETAIL_ISA` (`portable`, `wide`, `avx2`, `avx512`) forces one.
///
/// Results of one form repeat to the bit; those of different forms differ by rounding.
public enum KernelForm: String, Sendable, CaseIterable {
  /// Four lanes of portable code: SSE2 on x86-64, NEON on arm64.
  case portable
  /// Sixteen lanes of portable code: the logic of the AVX-512 form, for any machine. Slow; for tests.
  case wide
  /// Eight lanes, AVX2 and FMA.
  case avx2
  /// Sixteen lanes, AVX-512.
  case avx512

  private var form: nt_form {
    switch self {
    case .portable: nt_form_portable
    case .wide: nt_form_wide
    case .avx2: nt_form_avx2
    case .avx512: nt_form_avx512
    }
  }

  /// Whether this processor can run the form.
  public var isSupported: Bool { nt_form_supported(form) }

  /// The fastest form of this processor.
  public static var best: KernelForm {
    allCases.last { $0.isSupported && $0 != .wide } ?? .portable
  }

  /// The form in force. Set it only while no operation runs.
  public static var active: KernelForm {
    get {
      let form = nt_form_active()
      return allCases.first { $0.form == form } ?? .portable
    }
    set {
      guard newValue.isSupported else { stop("kernel form", "this processor cannot run \(newValue.rawValue)") }
      nt_form_activate(newValue.form)
    }
  }

  /// The form that `NEEDLETAIL_ISA` asks for, or nil if it is not set.
  ///
  /// - Throws: ``EnvironmentError`` for an unknown form or one that this processor lacks.
  public static func requested(
    in environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(EnvironmentError) -> KernelForm? {
    guard let name = environment["NEEDLETAIL_ISA"], !name.isEmpty else { return nil }
    guard let form = KernelForm(rawValue: name), form.isSupported else {
      let supported = allCases.filter(\.isSupported).map(\.rawValue).joined(separator: ", ")
      throw EnvironmentError("NEEDLETAIL_ISA is '\(name)'; this processor has \(supported)")
    }
    return form
  }
}

/// An environment variable of this library has a value that cannot be followed.
public struct EnvironmentError: Error, Sendable, Equatable, CustomStringConvertible {
  public let description: String
  init(_ description: String) { self.description = description }
}
