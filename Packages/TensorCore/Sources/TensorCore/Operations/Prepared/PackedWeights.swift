import Synchronization

/// Weights in the order in which the kernels read them, made once: shared by the prepared forms of one network for
/// different input shapes.
///
/// A weight is recognised by its memory, which is kept as long as this is.
public final class PackedWeights: Sendable {
  private struct Key: Hashable {
    let weight: ObjectIdentifier
    let form: String
  }

  private struct Entry {
    let weight: Storage<Float>
    let packed: Storage<Float>
  }

  private let entries = Mutex<[Key: Entry]>([:])

  /// None yet.
  public init() {}

  /// The number of weights that are packed.
  public var count: Int { entries.withLock { $0.count } }

  /// A weight as `form` needs it: what `pack` made of it the first time.
  func packed(_ weight: Tensor<Float>, as form: String, _ pack: (UnsafePointer<Float>) -> Storage<Float>)
    -> Storage<Float>
  {
    let storage = weight.storage
    let key = Key(weight: ObjectIdentifier(storage), form: form)
    if let known = entries.withLock({ $0[key] }) { return known.packed }
    let made = pack(storage.start)
    return entries.withLock { entries in
      if let known = entries[key] { return known.packed }
      entries[key] = Entry(weight: storage, packed: made)
      return made
    }
  }
}
