import TensorCore
import Testing

@Suite struct TensorDescriptionTests {
  @Test func smallTensorsAreShownWhole() {
    #expect("\(Tensor<Float>(3.5))" == "3.5000 (Float, shape [])")
    #expect("\(Tensor<Int64>([1, -20, 3]))" == "[  1, -20,   3] (Int64, shape [3])")
    #expect("\([[1, 2], [-3, 40]] as Tensor<Float>)" == "[[ 1.0,  2.0],\n [-3.0, 40.0]] (Float, shape [2, 2])")
    #expect("\([[true], [false]] as Tensor<Bool>)" == "[[ true],\n [false]] (Bool, shape [2, 1])")
    #expect(
      "\(Tensor<Int32>([1, 2, 3, 4], shape: [2, 1, 2]))" == "[[[1, 2]],\n\n [[3, 4]]] (Int32, shape [2, 1, 2])")
    #expect("\(Tensor<UInt8>.zeros([0]))" == "[] (UInt8, shape [0])")
    #expect("\(Tensor<UInt8>.zeros([2, 0]))" == "[[],\n []] (UInt8, shape [2, 0])")
    #expect("\(Tensor<Double>.zeros([0, 2]))" == "[] (Double, shape [0, 2])")
  }

  @Test func digitsFollowTheSizes() {
    #expect("\(Tensor<Float>([0.25, -1.5]))" == "[ 0.2500, -1.5000] (Float, shape [2])")
    #expect("\(Tensor<Float>([0.25, 1000]))" == "[2.5000e-01, 1.0000e+03] (Float, shape [2])")
    #expect("\(Tensor<Double>([1e-5, 2e-5]))" == "[1.0000e-05, 2.0000e-05] (Double, shape [2])")
    #expect("\(Tensor<Double>([1e9, 0]))" == "[1.0000e+09, 0.0000e+00] (Double, shape [2])")
    #expect("\(Tensor<Float>([.nan, -.infinity, 1]))" == "[ nan, -inf,  1.0] (Float, shape [3])")
  }

  @Test func largeTensorsShowTheirEdges() {
    let text = "\(Tensor<Int32>.range(from: 0, to: 2000))"
    #expect(text == "[   0,    1,    2, …, 1997, 1998, 1999] (Int32, shape [2000])")
    let image = "\(Tensor<Float>.zeros([2, 100, 100]))"
    #expect(image.split(separator: "\n").count == 14)
    #expect(image.hasPrefix("[[[0.0, 0.0, 0.0, …, 0.0, 0.0, 0.0],\n  [0.0"))
    #expect(image.contains("],\n  …,\n  ["))
    #expect(image.hasSuffix("]]] (Float, shape [2, 100, 100])"))
    #expect("\(Tensor<Bool>.zeros([3, 1000, 1000]))".count < 1000)
  }

  @Test func longRowsAreWrapped() {
    let text = "\(Tensor<Int32>.range(from: 100, to: 160))"
    let lines = text.split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines.allSatisfy { $0.count <= 81 || $0.hasSuffix("(Int32, shape [60])") })
    #expect(lines[1].hasPrefix(" 115, "))
  }
}
