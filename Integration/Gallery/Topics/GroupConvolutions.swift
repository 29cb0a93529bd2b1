import Drawing
import Models
import Training

extension Topic {
  static let groupConvolutions = Topic(
    "group-convolution", "Filters in four directions: a network that does not mind quarter turns",
    draw: drawGroupConvolutions)
}

/// A network of p4 convolutions and an ordinary one, both taught upright digits, on turned ones.
private func drawGroupConvolutions(_ page: Page) throws {
  let digits = try PreparedDigits.intensities(side: 20, padding: 4)
  let count = 300, angles = Array(stride(from: 0.0, through: 360, by: 15))
  let test = turnable(digits.test, count: count), few = Array(test.prefix(20))
  page.say(
    "A network for the group p4 turns its filters by 90° as well. Both networks below have learnt upright digits only; the one of group "
      + "convolutions gives the same logits after quarter turns; to the ordinary one turned digits are strange. At angles between, both fail."
  )
  let networks: [(name: String, network: any Layer)] = [
    ("p4", seeded(1) { P4CNN(dropout: 0.1) }), ("ordinary", seeded(1) { Z2CNN(channels: 22, dropout: 0.1) }),
  ]
  var curves: [Mark] = [], worst: [Double] = []
  for (name, network) in networks {
    try Trainer(
      network, Adam(network.parameters, learningRate: 0.005), schedule: CosineSchedule(0.005, steps: 3 * 45),
      training: digits.training, epochs: 3, batchSize: 32, seed: 1
    ).run()
    let labels = digits.data.test.labels.scalars.prefix(count)
    let errors = try angles.map { angle in
      let answers = try network.predict(tensor(moved(test, angle))).argmax(along: 1).scalars
      return 100 * Double(zip(answers, labels).count { $0 != $1 }) / Double(count)
    }
    curves.append(.line(name, x: angles, y: errors))
    let (upright, turned) = (try network.predict(tensor(few)), try network.predict(tensor(moved(few, 90))))
    worst.append(Double((turned - upright).abs().max().scalar / upright.abs().max().scalar))
  }
  try page.show(
    Chart(
      "Errors on turned digits, learnt upright", x: Axis("angle, degrees", 0...360), y: Axis("errors, %", 0...100),
      curves),
    "networks", "Errors by angle of the network of group convolutions and of an ordinary one")
  page.expect(
    "p4: largest change of a logit by a quarter turn, of the largest", worst[0], near: 0, within: 1e-4, places: 5)
  page.expect("ordinary: the same", worst[1] > 0.1, decimal(worst[1], 2))
}
