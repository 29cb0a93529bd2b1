import Training

// What the programs in the documentation take for granted. They are built, not run.

var context: Context { .training(seed: 1) }
var optimizer: SGD { SGD(model.parameters, learningRate: 0.1) }
var tape: Tape { Tape() }

let network = Sequential()
let model = Sequential()
let embedding = Sequential()
let encoder = Linear(3, 2)
let dense = Linear(3, 2)
let convolution = Conv2d(3, 8, kernelSize: 3)
let normalization = BatchNorm2d(8)

let body = model.parameters
let head = dense.parameters
let epoch = 0
let epochs = 10
let stepsPerEpoch = 100
let seconds = 1.0

let images = Tensor<Float>.zeros([1, 3, 32, 32])
let sequences = Tensor<Float>.zeros([1, 8, 5])
let volumes = Tensor<Float>.zeros([1, 8, 4, 4, 4])
let x = Tensor<Float>.zeros([4, 2])
let y = Tensor<Float>.zeros([4, 1])
let labels = Tensor<Int64>.zeros([4])
let others = Tensor<Int64>.zeros([4])
let masks = Tensor<Int64>.zeros([1, 4, 4])
let boxCount = 1
let a = Tensor<Float>.zeros([8, 8])
let b = Tensor<Float>.zeros([8, 8])
var weight: Variable { Variable(Tensor<Float>.zeros([8, 3, 3, 3])) }
let geometry = ConvolutionGeometry(kernel: 3)

func anyValue<Value>() -> Value { fatalError("programs in the documentation are built, not run") }
var average: WeightAverage { anyValue() }
var plan: TrainingPlan {
  get { anyValue() }
  set { use(newValue) }
}
var trainer: Trainer { anyValue() }
var batches: Batches { anyValue() }
var digits: ImageDataset { anyValue() }
var microBatches: Batches { anyValue() }
var preprocessing: Preprocessing { anyValue() }
var samples: PreparedImages { anyValue() }
var settings: RunSettings { anyValue() }
var splits: DatasetSplits { anyValue() }
var test: PreparedImages { anyValue() }

func show(_ event: TrainingEvent) {}
func fit(_ training: ImageDataset, validation: ImageDataset) throws {}
func train(_ images: Tensor<Float>, _ labels: Tensor<Int64>) {}
func train(_ images: Tensor<Float>, _ targets: Tensor<Float>) {}
func train(_ epoch: Int) throws -> Double { 0 }
func use<Value>(_ value: Value) {}

var anything: Variable { Variable(Tensor<Float>.zeros([1, 2])) }
var boxes: Variable { anything }
var loss: Variable { anything }
var left: Variable { anything }
var logits: Variable { anything }
var logProbabilities: Variable { anything }
var maps: Variable { anything }
var other: Variable { anything }
var prediction: Variable { anything }
var right: Variable { anything }
var same: Variable { anything }
var scores: Variable { anything }
var student: Variable { anything }
var target: Variable { anything }
var targets: Variable { anything }
var teacher: Variable { anything }

@MainActor var progress = 0.0
@MainActor var finished = false
@MainActor enum StopButton { static var action: () -> Void = {} }
@MainActor var stopButton: StopButton.Type { StopButton.self }
