"use strict";
var __decorate = (this && this.__decorate) || function (decorators, target, key, desc) {
    var c = arguments.length, r = c < 3 ? target : desc === null ? desc = Object.getOwnPropertyDescriptor(target, key) : desc, d;
    if (typeof Reflect === "object" && typeof Reflect.decorate === "function") r = Reflect.decorate(decorators, target, key, desc);
    else for (var i = decorators.length - 1; i >= 0; i--) if (d = decorators[i]) r = (c < 3 ? d(r) : c > 3 ? d(target, key, r) : d(target, key)) || r;
    return c > 3 && r && Object.defineProperty(target, key, r), r;
};
Object.defineProperty(exports, "__esModule", { value: true });
exports.Ring = exports.none = void 0;
/** No value: no integer of a series is this. */
exports.none = i64.MIN_VALUE;
/** The latest values of a series, as many as a window is long. */
class Ring {
    window;
    at = 0;
    values;
    constructor(window) {
        this.window = window;
        this.values = new StaticArray(window);
        this.values.fill(exports.none);
    }
    /** Takes a value in, and yields the one that leaves the window for it. */
    push(value) {
        const leaving = unchecked(this.values[this.at]);
        unchecked((this.values[this.at] = value));
        this.at = this.at + 1 == this.window ? 0 : this.at + 1;
        return leaving;
    }
}
exports.Ring = Ring;
__decorate([
    inline
], Ring.prototype, "push", null);
