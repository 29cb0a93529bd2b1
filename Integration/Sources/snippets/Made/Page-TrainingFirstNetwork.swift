// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippet11() throws {

  let digits = try Digits().load()
  let recipe = try Digits().preprocessing(fittedTo: digits.training)
  let training = PreparedImages(digits.training, recipe)
  let test = PreparedImages(digits.test, recipe)
  let model = seeded(1) {
    Sequential(
      Conv2d(1, 6, kernelSize: 5), Tanh(), MaxPool2d(2),
      Conv2d(6, 16, kernelSize: 5), Tanh(), MaxPool2d(2), Flatten(),
      Linear(400, 120), Tanh(), Linear(120, 84), Tanh(), Linear(84, 10))
  }
  try print(model.summary(for: [1, 1, 32, 32]))
  let optimizer = SGD(model.parameters, learningRate: 0.05, momentum: 0.9)
  for epoch in 0..<10 {
    let order = SampleOrder.shuffled(seed: 1, epoch: epoch)
    for batch in Batches(training, size: 64, order: order) {
      let context = Context.training(seed: UInt64(batch.number))
      let loss = crossEntropy(model(batch.images, context), batch.labels)
      optimizer.update(loss.gradients())
    }
    let accuracy = try evaluate(model, on: test).accuracy
    print("epoch \(epoch + 1): \(accuracy)")
  }
  _ = digits
  _ = recipe
  _ = training
  _ = test
  _ = model
  _ = optimizer
}

func snippet12() throws {
  let model = Sequential(Linear(2, 2)); let anotherModel = model
  let splits = try Digits().load(); let recipe = try Digits().preprocessing(fittedTo: splits.training)
  let test = PreparedImages(splits.test, recipe)
  try model.stateDictionary().write(to: "digits.safetensors")
  try anotherModel.load(StateDictionary(contentsOf: "digits.safetensors"))
  let logits = try model.predict(test.images(at: [0, 1, 2]))  // [3, 10]
  let answers = logits.argmax(along: 1)
  _ = model
  _ = splits
  _ = test
  _ = logits
  _ = answers
}
