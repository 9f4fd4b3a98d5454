package io.kadb.benchmark;

/**
 * A line through measured points.
 *
 * @param base where it is at 0
 * @param slope how much it rises with each step
 */
record Line(double base, double slope) {
  /** Returns the line whose relative errors are least, squared and added up. */
  static Line through(double[] x, double[] y) {
    double weights = 0;
    double sumX = 0;
    double sumY = 0;
    double sumXx = 0;
    double sumXy = 0;
    for (int i = 0; i < x.length; i++) {
      double weight = 1 / (y[i] * y[i]);
      weights += weight;
      sumX += weight * x[i];
      sumY += weight * y[i];
      sumXx += weight * x[i] * x[i];
      sumXy += weight * x[i] * y[i];
    }
    double slope = (weights * sumXy - sumX * sumY) / (weights * sumXx - sumX * sumX);
    return new Line((sumY - slope * sumX) / weights, slope);
  }

  double at(double x) {
    return base + slope * x;
  }

  /** The largest distance of a point from the line, as a part of the point's height. */
  double largestError(double[] x, double[] y) {
    double largest = 0;
    for (int i = 0; i < x.length; i++) {
      largest = Math.max(largest, Math.abs(at(x[i]) / y[i] - 1));
    }
    return largest;
  }
}
