import Jobs
import TensorCore

run([
  Job("shapes") {
    let shape: Shape = [2, 3]
    guard shape.count == 6 else { throw Unmet("a shape of [2, 3] has \(shape.count) elements") }
    return "an outside package uses TensorCore"
  }
])
