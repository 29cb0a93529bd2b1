// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetOptimizersAdaDelta1() throws {
  let optimizer = AdaDelta(model.parameters)
  _ = optimizer
}

func snippetOptimizersAdaGrad1() throws {
  let optimizer = AdaGrad(model.parameters, learningRate: 0.01)
  _ = optimizer
}

func snippetOptimizersAdaMax1() throws {
  let optimizer = AdaMax(model.parameters, learningRate: 2e-3)
  _ = optimizer
}

func snippetOptimizersAdam1() throws {
  let optimizer = Adam(model.parameters, learningRate: 1e-3)
  optimizer.update(loss.gradients())
  _ = optimizer
}

func snippetOptimizersAdamW1() throws {
  let optimizer = AdamW(ParameterGroup.exemptingVectors(model.parameters), learningRate: 1e-3, weightDecay: 0.05)
  _ = optimizer
}

func snippetOptimizersLARS1() throws {
  let optimizer = LARS(ParameterGroup.exemptingVectors(model.parameters), learningRate: 3.2, weightDecay: 5e-4)
  _ = optimizer
}

func snippetOptimizersLion1() throws {
  let optimizer = Lion(ParameterGroup.exemptingVectors(model.parameters), learningRate: 1e-4, weightDecay: 0.1)
  _ = optimizer
}

func snippetOptimizersNAdam1() throws {
  let optimizer = NAdam(model.parameters, learningRate: 2e-3)
  _ = optimizer
}

func snippetOptimizersRAdam1() throws {
  let optimizer = RAdam(model.parameters, learningRate: 1e-3)
  _ = optimizer
}

func snippetOptimizersRMSProp1() throws {
  let optimizer = RMSProp(model.parameters, learningRate: 0.01, rho: 0.9)
  _ = optimizer
}

func snippetOptimizersRprop1() throws {
  let optimizer = Rprop(model.parameters, learningRate: 0.01)
  _ = optimizer
}

func snippetOptimizersSGD1() throws {
  let optimizer = SGD(model.parameters, learningRate: 0.1, momentum: 0.9, weightDecay: 5e-4)
  optimizer.update(loss.gradients())
  _ = optimizer
}

func snippetOptimizersSGD2() throws {
  let gradients = optimizer.lookingAhead { crossEntropy(model(images, context), labels).gradients() }
  optimizer.update(gradients)
  _ = gradients
}
