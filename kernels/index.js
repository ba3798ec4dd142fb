"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.zScore = exports.sum = exports.rangeSum = exports.smoothed = exports.highest = exports.correlation = exports.addressOfResults = exports.addressOfKnown = exports.addressOfGiven = exports.addressOfColumn = void 0;
exports.begin = begin;
/**
 * Exact windows over whole chunks of rows, which SQL calls (src/sql/kernels.sql): the features’ definitions are in
 * src/sql/features, and these give the same bits. In AssemblyScript; `npm run kernels` compiles it.
 */
const correlation_1 = require("./correlation");
const highest_1 = require("./highest");
const smoothed_1 = require("./smoothed");
const sum_1 = require("./sum");
const z_score_1 = require("./z-score");
var chunk_1 = require("./chunk");
Object.defineProperty(exports, "addressOfColumn", { enumerable: true, get: function () { return chunk_1.addressOfColumn; } });
Object.defineProperty(exports, "addressOfGiven", { enumerable: true, get: function () { return chunk_1.addressOfGiven; } });
Object.defineProperty(exports, "addressOfKnown", { enumerable: true, get: function () { return chunk_1.addressOfKnown; } });
Object.defineProperty(exports, "addressOfResults", { enumerable: true, get: function () { return chunk_1.addressOfResults; } });
var correlation_2 = require("./correlation");
Object.defineProperty(exports, "correlation", { enumerable: true, get: function () { return correlation_2.correlation; } });
var highest_2 = require("./highest");
Object.defineProperty(exports, "highest", { enumerable: true, get: function () { return highest_2.highest; } });
var smoothed_2 = require("./smoothed");
Object.defineProperty(exports, "smoothed", { enumerable: true, get: function () { return smoothed_2.smoothed; } });
var sum_2 = require("./sum");
Object.defineProperty(exports, "rangeSum", { enumerable: true, get: function () { return sum_2.rangeSum; } });
Object.defineProperty(exports, "sum", { enumerable: true, get: function () { return sum_2.sum; } });
var z_score_2 = require("./z-score");
Object.defineProperty(exports, "zScore", { enumerable: true, get: function () { return z_score_2.zScore; } });
/** Another statement begins: nothing is kept of the one before. */
function begin() {
    (0, correlation_1.forgetCorrelation)();
    (0, highest_1.forgetHighest)();
    (0, smoothed_1.forgetSmoothed)();
    (0, sum_1.forgetSum)();
    (0, z_score_1.forgetZScore)();
    // @ts-ignore: only the runtime that is chosen has it.
    heap.reset();
}
