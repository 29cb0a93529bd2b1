import CKernels

extension Tensor where Scalar: FloatingScalar {
  /// Where a kernel works: the parameters, the gradient and what the rule remembers, from the same element on.
  struct UpdatePointers {
    let parameters: UnsafeMutablePointer<Scalar>
    let gradient: UnsafePointer<Scalar>
    let memory: [UnsafeMutablePointer<Scalar>]
    let offset: Int
    let count: Int

    /// The place in the remembered tensor at `position`.
    func memory(_ position: Int) -> UnsafeMutablePointer<Scalar> { memory[position] + offset }
  }

  /// Runs a kernel in blocks over these parameters and tensors of the same shape, all of them the caller's own already.
  ///
  /// Stops when a shape differs, by the tensor's name.
  func runUpdate<Settings>(
    _ operation: String, _ gradient: Tensor, _ memory: KeyValuePairs<String, Tensor>, _ settings: Settings,
    _ kernel: (UnsafePointer<Settings>, UpdatePointers) -> Void
  ) {
    guard gradient.shape == shape, memory.allSatisfy({ $0.value.shape == shape }) else {
      let others = (["the gradient \(gradient.shape)"] + memory.map { "the \($0.key) \($0.value.shape)" })
        .joined(separator: ", ")
      stop(operation, "the parameters have the shape \(shape), \(others)")
    }
    let p = storage.start, g = UnsafePointer(gradient.storage.start), m = memory.map(\.value.storage.start)
    withUnsafePointer(to: settings) { settings in
      Cut.run(count) { range in
        let i = range.lowerBound
        kernel(settings, UpdatePointers(parameters: p + i, gradient: g + i, memory: m, offset: i, count: range.count))
      }
    }
    withExtendedLifetime((self, gradient)) {}
  }
}
