import NNLayers

extension GoldenFamily {
  static let linear = GoldenFamily("linear") {
    Golden("linear") { Linear(7, 5) }
    Golden("linear without bias") { Linear(7, 5, bias: false) }
    Golden("linear of sequences") { Linear(6, 4) }
    Golden("linear wide") { Linear(40, 33) }
    for (name, hasBias) in [("bilinear", true), ("bilinear without bias", false)] {
      Golden(name) {
        Bilinear(4, 3, 5, bias: hasBias)
      } calling: {
        GoldenOutput(variable: $0($1[0], $1[1], $1.context))
      }
    }
    Golden("embedding") {
      Embedding(10, 4)
    } calling: {
      GoldenOutput(variable: $0($1.labels(0), $1.context))
    }
    Golden("embedding padding index") {
      Embedding(6, 4, paddingIndex: 2)
    } calling: {
      GoldenOutput(variable: $0($1.labels(0), $1.context))
    }
  }
}
