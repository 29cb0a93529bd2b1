extension ConvolutionCase {
  /// Small shapes that reach every corner: empty and odd batches, single elements, each option alone and together.
  static let table: [ConvolutionCase] = [
    ConvolutionCase(input: [1, 1, 1, 1], filters: 1, kernel: (1, 1)),
    ConvolutionCase(input: [0, 3, 8, 8], filters: 4, kernel: (3, 3)),
    ConvolutionCase(input: [2, 1, 7, 7], filters: 1, kernel: (3, 3)),
    ConvolutionCase(input: [3, 2, 5, 9], filters: 5, kernel: (5, 2)),
    ConvolutionCase(input: [1, 4, 6, 6], filters: 3, kernel: (1, 1)),
    ConvolutionCase(input: [2, 3, 9, 8], filters: 2, kernel: (3, 3), stride: (2, 3)),
    ConvolutionCase(input: [2, 2, 6, 7], filters: 3, kernel: (3, 3), padding: (1, 1, 1, 1)),
    ConvolutionCase(input: [1, 2, 5, 5], filters: 2, kernel: (3, 2), padding: (0, 2, 3, 1)),
    ConvolutionCase(input: [2, 2, 2, 3], filters: 2, kernel: (2, 2), padding: (3, 3, 4, 4)),
    ConvolutionCase(input: [2, 1, 11, 12], filters: 2, kernel: (3, 3), dilation: (2, 3)),
    ConvolutionCase(input: [2, 6, 5, 5], filters: 4, kernel: (3, 3), padding: (1, 1, 1, 1), groups: 2),
    ConvolutionCase(input: [2, 5, 6, 6], filters: 10, kernel: (3, 3), groups: 5),
    ConvolutionCase(
      input: [2, 4, 11, 13], filters: 6, kernel: (3, 4), stride: (3, 2), padding: (2, 1, 0, 3), dilation: (2, 2),
      groups: 2),
    ConvolutionCase(input: [8, 1, 16, 16], filters: 6, kernel: (5, 5)),
    ConvolutionCase(input: [16, 6, 14, 14], filters: 16, kernel: (5, 5)),
    ConvolutionCase(input: [19, 3, 10, 12], filters: 9, kernel: (3, 3), padding: (1, 1, 1, 1)),
    ConvolutionCase(input: [37, 1, 12, 30], filters: 7, kernel: (5, 5), padding: (2, 2, 2, 2)),
    ConvolutionCase(
      input: [17, 4, 9, 9], filters: 6, kernel: (3, 3), stride: (2, 2), padding: (1, 0, 1, 0), groups: 2),
    ConvolutionCase(input: [33, 2, 11, 10], filters: 3, kernel: (4, 3), padding: (5, 1, 0, 4), dilation: (1, 2)),
    ConvolutionCase(input: [16, 7, 40, 9], filters: 11, kernel: (2, 3)),
    ConvolutionCase(
      input: [18, 3, 61, 20], filters: 16, kernel: (3, 3), stride: (2, 1), padding: (3, 0, 1, 2), dilation: (2, 2)),
    ConvolutionCase(input: [16, 2, 50, 50], filters: 5, kernel: (5, 5), padding: (4, 4, 4, 4)),
    ConvolutionCase(input: [2, 8, 9, 7], filters: 8, kernel: (3, 2), padding: (1, 0, 0, 1), groups: 2),
    ConvolutionCase(input: [9, 8, 5, 6], filters: 12, kernel: (1, 1), groups: 2),
    ConvolutionCase(input: [2, 8, 5, 6], filters: 12, kernel: (1, 1), stride: (2, 2)),
    ConvolutionCase(input: [1, 32, 30, 30], filters: 4, kernel: (5, 5), stride: (1, 2), padding: (0, 3, 2, 0)),
    ConvolutionCase(input: [9, 26, 8, 8], filters: 25, kernel: (3, 3), padding: (1, 1, 1, 1)),
    ConvolutionCase(input: [2, 0, 4, 4], filters: 5, kernel: (3, 3)),
  ]
}
