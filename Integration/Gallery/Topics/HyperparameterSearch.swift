import Drawing
import Training

extension Topic {
  static let hyperparameterSearch = Topic(
    "search", "Random search sees more than a grid", draw: drawHyperparameterSearch)
}

/// Two settings of which one matters: searched on a grid, at random, and from coarse to fine.
private func drawHyperparameterSearch(_ page: Page) throws {
  let space = SearchSpace([
    .init("matters", .uniform(lower: 0, upper: 1)), .init("hardly", .uniform(lower: 0, upper: 1)),
  ])
  let optimum = 0.37
  func loss(_ trial: SearchTrial) -> Double {
    let distance = trial.point.number("matters") - optimum
    return distance * distance + 1e-3 * trial.point.number("hardly")
  }
  let strategies: [(name: String, strategy: SearchStrategy)] = [
    ("grid", .grid(values: 5)), ("random", .random(trials: 25)),
    ("coarse to fine", .coarseToFine(rounds: 5, trials: 5, shrink: 0.5)),
  ]
  page.say(
    "25 trials each of two settings, of which only the one to the right changes the loss: the best value is at the line. A grid of "
      + "5 by 5 tries 5 values of it, whichever setting it is that matters; 25 random trials try 25. Coarse to fine draws five "
      + "trials at a time, each time in a part around the best so far whose sides are half as long.")
  var pictures: [any Picture] = []
  var best: [Double] = []
  for (name, strategy) in strategies {
    let outcome = try Search(space, strategy, goal: .smallest, seed: 3).run(objective: loss)
    let x = outcome.results.map { $0.trial.point.number("matters") }
    let y = outcome.results.map { $0.trial.point.number("hardly") }
    pictures.append(
      Chart(
        name, x: Axis("matters", 0...1), y: Axis("hardly matters", 0...1), width: 200, height: 210,
        [
          .line(x: [optimum, optimum], y: [0, 1], color: .orange, isDashed: true),
          .points(x: x, y: y, color: .blue),
        ]))
    best.append(outcome.best.map { abs($0.trial.point.number("matters") - optimum) } ?? 1)
    if name != "coarse to fine" {
      page.expect(
        "\(name): values of what matters", Double(Set(x).count), near: name == "grid" ? 5 : 25, within: 0, places: 0)
    }
  }
  try page.show(Panels(columns: 3, pictures), "trials", "The trials of three searches as points of a square")
  page.expect("grid: distance of the nearest value, 0.37 to 0.25 or 0.5", best[0], near: 0.12, within: 1e-9, places: 3)
  page.expect("random comes nearer", best[1] < best[0], "\(best[1])")
  page.expect("coarse to fine comes nearer than the grid", best[2] < best[0], "\(best[2])")
}
