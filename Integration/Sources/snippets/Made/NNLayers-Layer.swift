// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetNNLayersContext1() throws {
  let context = Context.training(seed: 7)
  let loss = crossEntropy(model(images, context), labels)
  optimizer.update(loss.gradients())
  _ = context
  _ = loss
}

func snippetNNLayersContext2() throws {
  let halved = context[dense.weight] * 0.5
  let y = context.replacing(dense.weight, with: halved) { dense(images, context) }
  _ = halved
  _ = y
}

func snippetNNLayersLayer1() throws {
  struct Dense: Layer {
    let weight: Parameter
    let bias: Parameter

    func forward(_ x: Variable, _ context: Context) -> Variable {
      x.matmul(context[weight], transposingRight: true) + context[bias]
    }
  }

  let y = dense(x, context)
  _ = y
}

func snippetNNLayersLayerOutputs1() throws {
  let maps = try network.outputs(of: ["features.0", "features.3"], for: images)
  _ = maps
}

func snippetNNLayersObservation1() throws {
  let context = Context.inference
  context.observe { call in print(call.name, call.output.shape) }
  _ = network(images, context)
  _ = context
}

func snippetNNLayersObservation2() throws {
  var counts: [String: [Int]] = [:]
  context.observe { call in
    for value in call.output.floats.scalars {
      counts[call.name, default: Array(repeating: 0, count: 20)][min(max(Int(10 * value) + 10, 0), 19)] += 1
    }
  }
  _ = counts
}
