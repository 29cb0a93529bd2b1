// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetModelsGradientDescent1() throws {
  let model = LinearRegression(2)
  let costs = try model.fit(x, y, by: GradientDescent(learningRate: 0.1, epochCount: 200))
  _ = model
  _ = costs
}

func snippetModelsLinearRegression1() throws {
  let model = LinearRegression(2)
  try model.fit(x, y)
  let predicted = try model.predict(x)
  _ = model
  _ = predicted
}

func snippetModelsLogisticRegression1() throws {
  let model = LogisticRegression(2)
  try model.fit(x, y, by: GradientDescent(learningRate: 0.5, epochCount: 300))
  _ = model
}

func snippetModelsMultilayerPerceptron1() throws {
  let xor = MultilayerPerceptron([2, 4, 2], activation: Tanh())
  try xor.fit(x, labels, by: GradientDescent(learningRate: 0.5, epochCount: 500))
  _ = xor
}

func snippetModelsPerceptron1() throws {
  let gate = Perceptron(2)
  let mistakes = try gate.fit([[0, 0], [0, 1], [1, 0], [1, 1]], labels: [0, 0, 0, 1], epochLimit: 100)
  _ = gate
  _ = mistakes
}

func snippetModelsSoftmaxRegression1() throws {
  let model = SoftmaxRegression(784, classCount: 10)
  try model.fit(images, labels, by: GradientDescent(learningRate: 0.5, epochCount: 10, batchSize: 64))
  _ = model
}
