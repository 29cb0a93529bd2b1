// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetTrainingComingFromPyTorch1() throws {
  let context = Context.training(seed: 1)
  let loss = crossEntropy(model(images, context), labels)
  var gradients = loss.gradients()
  gradients.clip(toNorm: 1)
  optimizer.update(gradients)
  _ = context
  _ = loss
  _ = gradients
}

func snippetTrainingComingFromPyTorch2() throws {
  struct Block: Layer {
    let conv: Conv2d
    let scale = Parameter(Tensor<Float>.ones([1]))

    init(channels: Int) {
      conv = Conv2d(channels, channels, kernelSize: 3, padding: 1)
    }

    func forward(_ x: Variable, _ context: Context) -> Variable {
      x + context[scale] * conv(x, context).relu()
    }
  }
  let block = Block(channels: 8)
  _ = block
}

func snippetTrainingComingFromPyTorch3() throws {
  var random = RandomStream(seed: 1)
  let t = Tensor<Float>.normal([4, 6], using: &random)
  let u = Tensor<Float>.ones([4, 6])
  let i = Tensor<Int64>([0, 2])
  let mask = t .> 0
  use(Tensor<Float>.zeros([2, 3]))
  use(Tensor<Float>(repeating: 0.5, shape: [2, 3]))
  do { let x: Tensor<Float> = [[1, 2], [3, 4]]; _ = x }
  use(Tensor<Int64>.range(from: 0, to: 5))
  use(Tensor<Float>.linearSpace(from: 0, to: 1, count: 11))
  use(Tensor<Float>.identity(3))
  use(Tensor<Float>.normal([4, 6], using: &random))
  use(Tensor<Float>.uniform([4, 6], using: &random))
  use(Tensor<Int64>.permutation(count: 10, using: &random))
  use((t.shape, t.rank, t.count))
  use(t.converted(to: Double.self))
  use(t.reshaped([2, 12]))
  use(t.permuted([1, 0]))
  use(t.transposed())
  use(t.expandingAxis(at: 0))
  use(t.expandingAxis(at: 0).squeezed(at: 0))
  use(t.flattened(from: 1))
  use(t[0, 1])
  use(t.slice(axis: 0, range: 1..<3))
  use(t.slice(axis: 1, range: 2..<4))
  use(t.take(i, along: 0))
  use(Tensor.concatenated([t, u], along: 0))
  use(Tensor.stacked([t, u], along: 0))
  use(t.split(sizes: [2, 2, 2], along: 1))
  use((t + u, t * u))
  use(t.matmul(u, transposingRight: true))
  use((t.sum(), t.mean(along: 1)))
  use(t.sum(along: [0, 1], keepingAxes: true))
  use(t.variance(along: [1], correction: 1))
  use(t.argmax(along: 1))
  use(t.topK(2, along: 1))
  use(t.sorted(along: 1))
  use(t.exp().clamped(to: 0...1))
  use(t .> 0)
  use(mask.select(t, u))
  use(i.oneHot(classCount: 3, as: Float.self))
  use(t.padded([(0, 0), (1, 1)]))
  use(t == u)
  use(t.scalars)
  _ = random
  _ = t
  _ = u
  _ = i
  _ = mask
}

func snippetTrainingComingFromPyTorch4() throws {
  let weight = Parameter(Tensor<Float>.ones([2, 3]))
  let x = Variable(Tensor<Float>.ones([1, 3]))
  let step = Context.training(seed: 1)
  let loss = x.matmul(step[weight], transposingRight: true).sum()
  let gradients = loss.gradients()
  use(Parameter(Tensor<Float>.ones([2, 3])))
  do { let x = tape.watch(Tensor<Float>.ones([1, 3])); _ = x }
  do { let gradients = loss.gradients(); _ = gradients }
  use(gradients[weight])
  use(loss.item)
  use(x.detached())
  do { let answers = try model.predict(images); _ = answers }
  do { weight.isTrainable = false }
  do { let report = checkGradients("tanh", at: [[0.5]]) { $0[0].tanh() }; _ = report }
  do { let tracing = Tape(tracingBadValues: true); _ = tracing }
  _ = weight
  _ = x
  _ = step
  _ = loss
  _ = gradients
}

func snippetTrainingComingFromPyTorch5() throws {
  let step = Context.training(seed: 1)
  let net = Sequential(Linear(6, 6), BatchNorm1d(6), ReLU(), Linear(6, 2))
  let features = Tensor<Float>.ones([4, 6])
  use(Sequential(Linear(6, 6), ReLU()))
  use(Sequential(named: ["fc": Linear(6, 6)]))
  use(Conv2d(3, 8, kernelSize: 3, stride: 2, padding: 1))
  use(Conv2d(8, 8, kernelSize: 3, padding: .same))
  use(Conv2d.depthwise(8, kernelSize: 3))
  use(ConvTranspose2d(8, 4, kernelSize: 2, stride: 2))
  use(BatchNorm2d(8))
  use(GroupNorm(groups: 2, 8))
  use(MaxPool2d(3, stride: 2, padding: 1))
  use(AdaptiveAveragePool2d(1))
  use(Dropout(0.5))
  use(Embedding(1000, 64))
  use(Upsample2d(scale: 2))
  use(net(features, .training(seed: 1)))
  do { let answers = try net.predict(features); _ = answers }
  do { let net = seeded(1) { Linear(6, 2) }; _ = net }
  use(Conv2d(3, 8, kernelSize: 3, initializer: .heNormal))
  use(net.parameters)
  use(net.namedParameters)
  use(net.parameterCount)
  use(net.parameters[0].value)
  use(net.copied())
  use(step.observe { print($0.name, $0.output.shape) })
  do { let table = try net.summary(for: [4, 6]); _ = table }
  use(net(features, Context(mode: .inference, precision: .double)))
  do { let ready = net.prepared(); _ = ready }
  _ = step
  _ = net
  _ = features
}

func snippetTrainingComingFromPyTorch6() throws {
  let scores = model(images, context)
  use(crossEntropy(scores, labels))
  use(crossEntropy(scores, labels, smoothing: 0.1))
  use(crossEntropy(scores, labels, ignoring: 255))
  use(crossEntropy(scores, labels, reduction: .sum))
  use(binaryCrossEntropyWithLogits(scores, targets))
  use(negativeLogLikelihood(logProbabilities, labels))
  use(meanSquaredError(prediction, target))
  use(meanAbsoluteError(prediction, target))
  use(huberLoss(prediction, target, delta: 2))
  use(smoothL1Loss(prediction, target))
  use(klDivergence(student, teacher))
  _ = scores
}

func snippetTrainingComingFromPyTorch7() throws {
  var gradients = loss.gradients()
  use(SGD(model.parameters, learningRate: 0.1, momentum: 0.9))
  use(SGD(model.parameters, learningRate: 0.1, momentum: 0.9, nesterov: true, weightDecay: 1e-4))
  use(Adam(model.parameters))
  use(AdamW(model.parameters, learningRate: 1e-3, weightDecay: 0.05))
  use(RAdam(model.parameters))
  use(SGD([ParameterGroup(body, learningRateFactor: 0.1), ParameterGroup(head)], learningRate: 0.01))
  use(optimizer.update(loss.gradients()))
  do { optimizer.learningRate = 0.01 }
  use(StepSchedule(0.1, every: 30))
  use(CosineSchedule(0.1, steps: 100))
  use(OneCycleSchedule(1.0, steps: 100))
  use(PlateauSchedule(0.1))
  use(gradients.clip(toNorm: 1))
  use(WeightAverage(model.parameters, .exponential(decay: 0.999)))
  _ = gradients
}

func snippetTrainingComingFromPyTorch8() throws {
  let folder = URL(fileURLWithPath: "data")
  do { let data = try MNISTFamily.mnist.load(from: folder); _ = data }
  do { let data = try CIFAR.cifar10.load(from: folder); _ = data }
  do { let data = try ImageFolder("flowers", imageSize: ImageSize(height: 64, width: 64)).load(); _ = data }
  use(Batches(samples, size: 64, order: .shuffled(seed: 1, epoch: epoch)))
  use(batches.prefetched())
  use(Batches(samples, size: 64, order: .sequential, droppingLast: true))
  use(TransformSequence([RandomResizedCrop(ImageSize(height: 32, width: 32)), RandomHorizontalFlip()]))
  use(RandAugment())
  use(BatchMixer(.mixup(alpha: 1), seed: 1, epoch: epoch))
  _ = folder
}

func snippetTrainingComingFromPyTorch9() throws {
  let path = "model.safetensors"
  do { try model.stateDictionary().write(to: path) }
  do { try model.load(StateDictionary(contentsOf: path)) }
  do { let x = try NpyFile.read(path: "x.npy"); _ = x }
  use(ResNet(.resnet50))
  _ = path
}
